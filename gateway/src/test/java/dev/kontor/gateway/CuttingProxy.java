package dev.kontor.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TCP proxy between a client and a server on the loopback address. Tests make it delay, stall or reset connections.
 */
public final class CuttingProxy implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;

    private enum State {
        PASSING,
        HOLDING,
        CUT
    }

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private final ReentrantLock changing = new ReentrantLock();
    private final Condition changed = changing.newCondition();
    private State state = State.PASSING;
    private Duration delay = Duration.ZERO;

    /** @param target a port of the loopback address; a server may be started there later */
    public CuttingProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("proxy-" + target).start(this::accept);
    }

    /** The port for clients, on the loopback address. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Connections pass unchanged, and held bytes are forwarded. */
    public void restore() {
        become(State.PASSING, Duration.ZERO);
    }

    /** From now on bytes arrive with this delay, in both directions. */
    public void delay(Duration by) {
        become(State.PASSING, by);
    }

    /** As a pulled cable: connections stay, new ones are accepted, and no bytes arrive any more. */
    public void hold() {
        become(State.HOLDING, Duration.ZERO);
    }

    /** As a killed process: all connections are reset, also new ones. */
    public void cut() {
        become(State.CUT, Duration.ZERO);
        open.forEach(CuttingProxy::reset);
    }

    @Override
    public void close() {
        cut();
        closeQuietly(listener);
    }

    private void become(State next, Duration nextDelay) {
        changing.lock();
        try {
            state = next;
            delay = nextDelay;
            changed.signalAll();
        } finally {
            changing.unlock();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException closed) {
            open.forEach(CuttingProxy::reset);
        }
    }

    private void connect(Socket client) {
        if (isCut()) {
            reset(client);
            return;
        }
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(client);
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> pump(client, server));
            Thread.ofVirtual().start(() -> pump(server, client));
            if (isCut()) {
                reset(client);
                reset(server);
            }
        } catch (IOException noServer) {
            reset(client);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try {
            int read;
            while ((read = from.getInputStream().read(chunk)) >= 0) {
                awaitLeave();
                to.getOutputStream().write(chunk, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            reset(from);
            reset(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
        }
    }

    /** Waits until bytes may be forwarded, by the delay and by the state. */
    private void awaitLeave() throws InterruptedException, IOException {
        changing.lock();
        try {
            long left = delay.toNanos();
            while (left > 0 && state == State.PASSING) {
                left = changed.awaitNanos(left);
            }
            while (state == State.HOLDING) {
                // With a timeout, so that no test hangs.
                if (!changed.await(5, TimeUnit.MINUTES)) {
                    throw new IOException("held back for too long");
                }
            }
            if (state == State.CUT) {
                throw new IOException("cut");
            }
        } finally {
            changing.unlock();
        }
    }

    private boolean isCut() {
        changing.lock();
        try {
            return state == State.CUT;
        } finally {
            changing.unlock();
        }
    }

    /** Closes with a reset. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            return;
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
