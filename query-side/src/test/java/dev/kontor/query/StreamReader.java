package dev.kontor.query;

import static org.awaitility.Awaitility.await;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads a stream: the first message at once, each further one when it is asked for. */
public final class StreamReader<Q, A> implements ClientResponseObserver<Q, A> {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BlockingQueue<A> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile ClientCallStreamObserver<Q> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> started) {
        call = started;
        started.disableAutoRequestWithInitial(1);
    }

    @Override
    public void onNext(A message) {
        received.add(message);
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
        end.complete(null);
    }

    /** Takes the next message from the network. */
    public StreamReader<Q, A> take() {
        call.request(1);
        return this;
    }

    /** The next message, which was taken. */
    public A next() {
        try {
            A message = received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (message == null) {
                throw new AssertionError("no message; the end is "
                        + end.handle((nothing, failure) -> failure).getNow(null));
            }
            return message;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The messages that have arrived and were not read. */
    public List<A> unread() {
        return List.copyOf(received);
    }

    /** Waits for the end with OK. */
    public void awaitEnd() {
        end.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    public Problem problem() {
        return refusal().problem();
    }

    public RefusedException refusal() {
        await().atMost(PATIENCE).until(end::isDone);
        if (end.handle((nothing, failure) -> failure).join() instanceof StatusRuntimeException status) {
            return RefusalCodec.fromStatus(status);
        }
        throw new AssertionError("the stream was not refused");
    }

    public void cancel() {
        call.cancel("enough", null);
    }
}
