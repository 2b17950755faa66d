package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.ClientCall;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/** One open stream: the call to the query side, whose messages go to an {@link EventWriter}. */
final class EventStream<A> {

    private final EventStreams streams;
    private final String network;
    private final Watched<?, A> watched;
    private final EventForm form;
    private final EventWriter writer;
    /** Whether there is a first message. */
    private final CompletableFuture<Boolean> first = new CompletableFuture<>();

    private final AtomicBoolean hasLeft = new AtomicBoolean();
    private volatile ClientCallStreamObserver<?> call;

    EventStream(EventStreams streams, String network, Watched<?, A> watched, EventForm form) {
        this.streams = streams;
        this.network = network;
        this.watched = watched;
        this.form = form;
        this.writer = new EventWriter(streams, () -> call.request(1), this::leave);
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
            LiveEvent told = watched.event().apply(message);
            writer.add(told == null ? null : form.bytesOf(told));
            first.complete(true);
        }

        @Override
        public void onCompleted() {
            first.complete(false);
            writer.finish(form.end());
        }

        /** After the first message this is an end like any other: the client comes back, and learns the reason. */
        @Override
        public void onError(Throwable failure) {
            first.completeExceptionally(failure);
            finish();
        }
    }

    <Q> void start(ClientCall<Q, A> started, Q request) {
        ClientCalls.asyncServerStreamingCall(started, request, new Messages());
    }

    /** Answers the request once the first message, an end or a failure has come. */
    void answer(HttpServletRequest request, HttpServletResponse response, Duration deadline) throws IOException {
        if (!hasFirst(deadline) && form.end() == null) {
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
        writer.open(request.startAsync());
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
        if (!writer.isOpen()) {
            leave();
        }
    }

    /** Ends the answer; its client comes back. */
    void finish() {
        writer.finish(null);
    }

    private void leave() {
        if (hasLeft.compareAndSet(false, true)) {
            if (call != null) {
                call.cancel("the client has left", null);
            }
            streams.leave(this, network, form.memory());
        }
    }
}
