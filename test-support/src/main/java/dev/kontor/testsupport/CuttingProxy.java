package dev.kontor.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A connection that a test can cut, freeze and slow down. Listens on the loopback address. */
public final class CuttingProxy implements AutoCloseable {

    /** Only so that no test hangs for ever. */
    private static final long FROZEN_MINUTES = 30;

    private enum State {
        WHOLE,
        /** Every connection is reset, and new ones as soon as they are made. */
        CUT,
        /** Connections stay, and nothing gets through, as with an unplugged cable. */
        FROZEN
    }

    private final ServerSocket server;
    private volatile InetSocketAddress target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.WHOLE;
    private volatile Duration delay = Duration.ZERO;

    /** @param targetPort on the loopback address; nothing needs to listen there yet */
    public CuttingProxy(int targetPort) {
        leadTo(targetPort);
        try {
            this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    /** The target of connections that are made from now on. */
    public void leadTo(int targetPort) {
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
    }

    public int port() {
        return server.getLocalPort();
    }

    public void cut() {
        become(State.CUT);
        sockets.forEach(CuttingProxy::reset);
    }

    public void freeze() {
        become(State.FROZEN);
    }

    /** Data passes again, without delay. */
    public void restore() {
        delay = Duration.ZERO;
        become(State.WHOLE);
    }

    /** Delays everything that is sent, in either direction. */
    public void delay(Duration each) {
        delay = each;
    }

    private void become(State next) {
        lock.lock();
        try {
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                Thread.ofVirtual().name("proxy").start(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        Socket behind = new Socket();
        try {
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            awaitFlow();
            behind.connect(target, 5_000);
            sockets.add(behind);
            Thread.ofVirtual().name("proxy").start(() -> pump(behind, client));
            pump(client, behind);
        } catch (IOException | InterruptedException broken) {
            sockets.remove(client);
            reset(client);
            reset(behind);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                awaitFlow();
                out.write(buffer, 0, length);
                out.flush();
            }
        } catch (IOException | InterruptedException broken) {
            reset(from);
            reset(to);
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    /** Waits until data may pass, with the configured delay. @throws IOException if the connection is cut */
    private void awaitFlow() throws IOException, InterruptedException {
        lock.lock();
        try {
            long late = delay.toNanos();
            while (state == State.FROZEN || state == State.WHOLE && late > 0) {
                if (state == State.WHOLE) {
                    late = changed.awaitNanos(late);
                } else if (!changed.await(FROZEN_MINUTES, TimeUnit.MINUTES)) {
                    throw new IOException("frozen for too long");
                }
            }
            if (state == State.CUT) {
                throw new IOException("cut");
            }
        } finally {
            lock.unlock();
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closedAlready) {
            // As intended.
        }
    }

    @Override
    public void close() {
        cut();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
