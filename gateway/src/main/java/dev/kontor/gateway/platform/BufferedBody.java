package dev.kontor.gateway.platform;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A request whose body is read as a whole, for its fingerprint, before it is parsed. Its size is bounded before. */
final class BufferedBody extends HttpServletRequestWrapper {

    private byte[] bytes;
    private ServletInputStream stream;

    BufferedBody(HttpServletRequest request) {
        super(request);
    }

    byte[] bytes() throws IOException {
        if (bytes == null) {
            bytes = super.getInputStream().readAllBytes();
        }
        return bytes;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (bytes == null) {
            return super.getInputStream();
        }
        if (stream == null) {
            stream = new Read(bytes);
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    private static final class Read extends ServletInputStream {

        private final ByteArrayInputStream body;

        Read(byte[] body) {
            this.body = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return body.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return body.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return body.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("The body is there");
        }
    }
}
