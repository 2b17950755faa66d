package dev.kontor.gateway.platform;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes the events of one stream to its connection. Asks for an event when the connection has taken the one before, so
 * it keeps at most one, and the server at most the unsent rest of another, however slow the client is. No write blocks.
 */
final class EventWriter implements WriteListener, AsyncListener {

    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private static final int SHORTEST_RETRY_MILLIS = 1_000;
    private static final int LONGEST_RETRY_MILLIS = 3_000;

    private final EventStreams streams;
    private final Runnable ask;
    private final Runnable leave;

    private final ReentrantLock lock = new ReentrantLock();
    // The lock guards the rest.
    private AsyncContext connection;
    private Runnable reset;
    private ServletOutputStream body;
    private Future<?> heartbeat;
    private byte[] next = retry();
    private byte[] afterNext;
    private byte[] last;
    private boolean isUnflushed;
    private boolean isBeatDue;
    private boolean isAsked = true;
    private boolean hasAllEvents;
    private boolean hasCompleted;

    /**
     * @param ask for the next event; the first one comes without
     * @param leave called when the answer has ended, by either end
     */
    EventWriter(EventStreams streams, Runnable ask, Runnable leave) {
        this.streams = streams;
        this.ask = ask;
        this.leave = leave;
    }

    /** How long clients wait before they come back; different, so that not all of a gateway that stops come at once. */
    private static byte[] retry() {
        int millis = ThreadLocalRandom.current().nextInt(SHORTEST_RETRY_MILLIS, LONGEST_RETRY_MILLIS);
        return ("retry: " + millis + "\n\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Begins the answer. */
    void open(AsyncContext started) throws IOException {
        started.setTimeout(0);
        started.addListener(this);
        lock.lock();
        try {
            connection = started;
            reset = ResetValve.of(started.getRequest());
            // Not the one of the request's filters, which count what a request holds until it returns.
            body = started.getResponse().getOutputStream();
            heartbeat = streams.beat(this::beat);
            body.setWriteListener(this);
        } finally {
            lock.unlock();
        }
    }

    boolean isOpen() {
        lock.lock();
        try {
            return connection != null;
        } finally {
            lock.unlock();
        }
    }

    /** @param event null for a message that tells nothing */
    void add(byte[] event) {
        lock.lock();
        try {
            isAsked = false;
            if (next == null) {
                next = event;
            } else {
                afterNext = event;
            }
            write();
        } finally {
            lock.unlock();
        }
    }

    /** Completes the answer once what is left has been sent, and then {@code end}; null for nothing. */
    void finish(byte[] end) {
        lock.lock();
        try {
            if (!hasAllEvents) {
                hasAllEvents = true;
                last = end;
            }
            write();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onWritePossible() {
        lock.lock();
        try {
            write();
        } finally {
            lock.unlock();
        }
    }

    /** Writes as much as the connection takes now. */
    private void write() {
        if (body == null || hasCompleted) {
            return;
        }
        try {
            while (body.isReady()) {
                if (isUnflushed) {
                    isUnflushed = false;
                    body.flush();
                } else if (next != null) {
                    send(next);
                    next = afterNext;
                    afterNext = null;
                } else if (last != null) {
                    send(last);
                    last = null;
                } else if (hasAllEvents) {
                    complete();
                    return;
                } else if (isBeatDue) {
                    send(COMMENT);
                } else {
                    askOnce();
                    return;
                }
            }
        } catch (IOException | IllegalStateException clientHasGone) {
            complete();
        }
    }

    private void send(byte[] bytes) throws IOException {
        body.write(bytes);
        isUnflushed = true;
        isBeatDue = false;
    }

    private void askOnce() {
        if (!isAsked) {
            isAsked = true;
            ask.run();
        }
    }

    private void beat() {
        lock.lock();
        try {
            if (isBeatDue) {
                // The client has taken nothing since the last one, and would not take the end either.
                streams.countCutOff();
                reset.run();
                complete();
            } else {
                isBeatDue = true;
                write();
            }
        } finally {
            lock.unlock();
        }
    }

    private void complete() {
        if (!hasCompleted) {
            end();
            try {
                connection.complete();
            } catch (IllegalStateException completed) {
                // By the server, when the connection failed.
            }
        }
    }

    private void end() {
        hasCompleted = true;
        if (heartbeat != null) {
            heartbeat.cancel(false);
        }
        leave.run();
    }

    private void close() {
        lock.lock();
        try {
            complete();
        } finally {
            lock.unlock();
        }
    }

    /** The client has closed the connection, or reads nothing. */
    @Override
    public void onError(Throwable failure) {
        close();
    }

    @Override
    public void onError(AsyncEvent failed) {
        close();
    }

    @Override
    public void onTimeout(AsyncEvent never) {
        close();
    }

    @Override
    public void onComplete(AsyncEvent completed) {
        lock.lock();
        try {
            end();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onStartAsync(AsyncEvent again) {
        // The answer is started once.
    }
}
