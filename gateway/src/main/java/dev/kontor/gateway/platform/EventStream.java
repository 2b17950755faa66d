package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.ClientCall;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * One open stream. It asks the query side for a message when the connection has taken the one before, so it keeps at
 * most one, and the server at most the unsent rest of another, however slow the client is. No write blocks.
 */
final class EventStream<A> implements WriteListener, AsyncListener {

    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private static final int SHORTEST_RETRY_MILLIS = 1_000;
    private static final int LONGEST_RETRY_MILLIS = 3_000;

    private final EventStreams streams;
    private final String network;
    private final Function<A, LiveEvent> event;
    /** Whether there is a first message. */
    private final CompletableFuture<Boolean> first = new CompletableFuture<>();

    private volatile ClientCallStreamObserver<?> call;

    private final ReentrantLock lock = new ReentrantLock();
    // The lock guards the rest.
    private AsyncContext connection;
    private ServletOutputStream body;
    private Future<?> heartbeat;
    private byte[] next = retry();
    private byte[] afterNext;
    private boolean isUnflushed;
    private boolean isBeatDue;
    private boolean isAsked = true;
    private boolean hasAllMessages;
    private boolean hasCompleted;
    private boolean hasLeft;

    EventStream(EventStreams streams, String network, Function<A, LiveEvent> event) {
        this.streams = streams;
        this.network = network;
        this.event = event;
    }

    /** How long clients wait before they come back; different, so that not all of a gateway that stops come at once. */
    private static byte[] retry() {
        int millis = ThreadLocalRandom.current().nextInt(SHORTEST_RETRY_MILLIS, LONGEST_RETRY_MILLIS);
        return ("retry: " + millis + "\n\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The messages of the query side. */
    private final class Messages implements ClientResponseObserver<Object, A> {

        @Override
        public void beforeStart(ClientCallStreamObserver<Object> started) {
            call = started;
            started.disableAutoRequestWithInitial(1);
        }

        @Override
        public void onNext(A message) {
            LiveEvent told = event.apply(message);
            add(told == null ? null : told.bytes());
            first.complete(true);
        }

        @Override
        public void onCompleted() {
            first.complete(false);
            finish();
        }

        /** After the first message this is an end like any other: the client comes back, and learns the reason. */
        @Override
        public void onError(Throwable failure) {
            first.completeExceptionally(failure);
            finish();
        }
    }

    <Q> void start(ClientCall<Q, A> started, Q watched) {
        ClientCalls.asyncServerStreamingCall(started, watched, new Messages());
    }

    private void add(byte[] bytes) {
        lock.lock();
        try {
            isAsked = false;
            if (next == null) {
                next = bytes;
            } else {
                afterNext = bytes;
            }
            write();
        } finally {
            lock.unlock();
        }
    }

    /** Answers the request once the first message, an end or a failure has come. */
    void answer(HttpServletRequest request, HttpServletResponse response, Duration deadline) throws IOException {
        if (!hasFirst(deadline)) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        // For proxies that would collect an answer until it is complete.
        response.setHeader("X-Accel-Buffering", "no");
        if (request.getMethod().equals(HttpMethod.HEAD.name())) {
            return;
        }
        response.flushBuffer();
        AsyncContext started = request.startAsync();
        started.setTimeout(0);
        started.addListener(this);
        lock.lock();
        try {
            connection = started;
            // Not the one of the request's filters, which count what a request holds until it returns.
            body = started.getResponse().getOutputStream();
            heartbeat = streams.beat(this::beat);
            body.setWriteListener(this);
        } finally {
            lock.unlock();
        }
    }

    private boolean hasFirst(Duration deadline) {
        try {
            return first.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StatusRuntimeException status ? status : new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new RefusedException(Problem.DEADLINE_EXCEEDED, Problem.DEADLINE_EXCEEDED.title());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(Problem.UNAVAILABLE, Problem.UNAVAILABLE.title());
        }
    }

    /** Ends it if the answer does not go on after the request's thread has returned. */
    void leaveUnlessAnswering() {
        lock.lock();
        try {
            if (connection == null) {
                leave();
            }
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
                } else if (hasAllMessages) {
                    complete();
                    return;
                } else if (isBeatDue) {
                    send(COMMENT);
                } else {
                    ask();
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

    private void ask() {
        if (!isAsked) {
            isAsked = true;
            call.request(1);
        }
    }

    private void beat() {
        lock.lock();
        try {
            if (isBeatDue) {
                // The client has taken nothing since the last one.
                streams.countCutOff();
                complete();
            } else {
                isBeatDue = true;
                write();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Completes the answer once what is left has been sent. */
    void finish() {
        lock.lock();
        try {
            hasAllMessages = true;
            write();
        } finally {
            lock.unlock();
        }
    }

    private void complete() {
        if (!hasCompleted) {
            hasCompleted = true;
            leave();
            try {
                connection.complete();
            } catch (IllegalStateException completed) {
                // By the server, when the connection failed.
            }
        }
    }

    private void leave() {
        if (hasLeft) {
            return;
        }
        hasLeft = true;
        if (heartbeat != null) {
            heartbeat.cancel(false);
        }
        if (call != null) {
            call.cancel("the client has left", null);
        }
        streams.leave(this, network);
    }

    /** The client has closed the connection, or reads nothing. */
    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    public void onError(AsyncEvent failed) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent never) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent completed) {
        lock.lock();
        try {
            hasCompleted = true;
            leave();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onStartAsync(AsyncEvent again) {
        // The answer is started once.
    }

    private void end() {
        lock.lock();
        try {
            complete();
        } finally {
            lock.unlock();
        }
    }
}
