package dev.kontor.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection that sends any bytes, also those that no client library would send. */
public final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;

    public RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Sends each character as one byte. */
    public RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public RawClient send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Reads until the connection is closed or reset. */
    public String untilClosed() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketException reset) {
            // Reset: closed as well.
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** This many bytes, or fewer if the connection is closed before. */
    public byte[] read(int bytes) throws IOException {
        return socket.getInputStream().readNBytes(bytes);
    }

    /** Reads until the other end has sent this text, or has closed the connection. */
    public String until(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return read.toString();
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /** The head of an answer, and its body by the content length. */
    public String answer() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        String length = head.toString().replaceFirst("(?s).*Content-Length: (\\d+).*", "$1");
        byte[] body = length.matches("\\d+") ? in.readNBytes(Integer.parseInt(length)) : new byte[0];
        return head + new String(body, StandardCharsets.UTF_8);
    }

    /** Whether the other end has closed the connection; skips bytes that it has sent. */
    public boolean isClosed() {
        try {
            socket.setSoTimeout(20);
            for (int next = socket.getInputStream().read(); next >= 0; ) {
                next = socket.getInputStream().read();
            }
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends more bytes; whether the other end has closed the connection. */
    public boolean isClosedAfter(String more) {
        try {
            send(more);
        } catch (IOException closed) {
            return true;
        }
        return isClosed();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
