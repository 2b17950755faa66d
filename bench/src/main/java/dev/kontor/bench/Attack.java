package dev.kontor.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A client that keeps a number of connections from one address open, sends the same on each, and reopens each some time
 * after it was closed. It uses one thread, to take little from the measured clients on the same machine.
 */
final class Attack implements AutoCloseable {

    /** Not the address of the measured clients. */
    private static final String FROM = "127.0.0.2";

    /**
     * @param name in a few words
     * @param connections how many at a time
     * @param first what is sent on each at once
     * @param drip what is sent on each repeatedly after that; nothing if it is empty
     * @param between from one drip to the next
     * @param again how long after it was closed a connection is reopened
     */
    record Plan(String name, int connections, byte[] first, byte[] drip, Duration between, Duration again) {}

    private static final class Connection {
        private ByteBuffer unsent;
        private long nextDrip;
    }

    private record Closed(long at) {}

    private final Plan plan;
    private final InetSocketAddress target;
    private final Selector selector;
    private final Thread thread;
    private final Queue<Closed> closed = new ArrayDeque<>();
    private final ByteBuffer ignored = ByteBuffer.allocateDirect(65_536);
    private volatile boolean isOver;
    private volatile int mostOpen;

    Attack(Plan plan, InetSocketAddress target) throws IOException {
        this.plan = plan;
        this.target = target;
        this.selector = Selector.open();
        this.thread = Thread.ofPlatform().daemon().name("attack").start(this::run);
    }

    /** The largest number of open connections since the last call. */
    int mostOpen() {
        return mostOpen;
    }

    private void run() {
        try {
            for (int i = 0; i < plan.connections(); i++) {
                closed.add(new Closed(System.nanoTime() - plan.again().toNanos()));
            }
            long nextLook = System.nanoTime();
            while (!isOver) {
                selector.select(this::step, 50);
                if (System.nanoTime() >= nextLook) {
                    reopen();
                    drip();
                    nextLook = System.nanoTime() + Duration.ofMillis(200).toNanos();
                }
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new IllegalStateException("The attack broke off", e);
        }
    }

    private void reopen() throws IOException {
        long due = System.nanoTime() - plan.again().toNanos();
        while (!closed.isEmpty() && closed.peek().at() <= due) {
            closed.remove();
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(InetAddress.ofLiteral(FROM), 0));
            Connection connection = new Connection();
            connection.unsent = ByteBuffer.wrap(plan.first());
            channel.register(selector, SelectionKey.OP_CONNECT, connection);
            channel.connect(target);
        }
        mostOpen = Math.max(mostOpen, plan.connections() - closed.size());
    }

    private void drip() {
        if (plan.drip().length == 0) {
            return;
        }
        long now = System.nanoTime();
        for (SelectionKey key : selector.keys()) {
            if (key.isValid()
                    && key.attachment() instanceof Connection connection
                    && key.channel() instanceof SocketChannel channel
                    && channel.isConnected()
                    && !connection.unsent.hasRemaining()
                    && connection.nextDrip < now) {
                connection.unsent = ByteBuffer.wrap(plan.drip());
                write(key, channel, connection);
            }
        }
    }

    private void step(SelectionKey key) {
        if (!(key.channel() instanceof SocketChannel channel) || !(key.attachment() instanceof Connection connection)) {
            return;
        }
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                write(key, channel, connection);
            } else if (key.isReadable() && channel.read(ignored.clear()) < 0) {
                close(channel);
            } else if (key.isValid() && key.isWritable()) {
                write(key, channel, connection);
            }
        } catch (IOException refused) {
            close(channel);
        }
    }

    private void write(SelectionKey key, SocketChannel channel, Connection connection) {
        try {
            channel.write(connection.unsent);
            boolean isSent = !connection.unsent.hasRemaining();
            key.interestOps(isSent ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            connection.nextDrip = System.nanoTime() + plan.between().toNanos();
        } catch (IOException refused) {
            close(channel);
        }
    }

    private void close(SocketChannel channel) {
        closed.add(new Closed(System.nanoTime()));
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A head and a body of which the last bytes never come. */
    static byte[] halfSent(String path, String headers, String body, int announced) {
        return ("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
                        .formatted(path, headers, announced, body))
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        isOver = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
