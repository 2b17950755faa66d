package dev.kontor.query.operations;

import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.operations.FollowEventsResponse;
import dev.kontor.side.operations.LoggedEvents;
import dev.kontor.side.platform.FailureClassifier;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One followed log. It reads the next event when the client takes one, so a slow client holds one event. A search for
 * rare events far back reads {@link #EVENTS_PER_SECOND} at most.
 */
final class EventTail {

    static final int EVENTS_PER_SECOND = 20_000;

    private static final Logger log = LoggerFactory.getLogger(EventTail.class);

    private final EventTails tails;
    private final EventQuery query;
    private final Caller caller;
    private final ServerCallStreamObserver<FollowEventsResponse> client;
    private final Semaphore ready = new Semaphore(0);

    EventTail(
            EventTails tails, EventQuery query, Caller caller, ServerCallStreamObserver<FollowEventsResponse> client) {
        this.tails = tails;
        this.query = query;
        this.caller = caller;
        this.client = client;
    }

    /** Called while the call begins. */
    void begin() {
        client.setOnReadyHandler(this::wake);
        client.setOnCancelHandler(this::wake);
    }

    /** The client takes a message, or something ends the stream. */
    void wake() {
        ready.release();
    }

    /** Sends the events from a position on. Ends when the client leaves, or its token is not valid any more. */
    void follow(EventStore events, long from) {
        try (BlockingStream<TrackedEventMessage<?>> stream = events.openStream(EventRows.before(from))) {
            send(FollowEventsResponse.getDefaultInstance());
            while (!client.isCancelled()) {
                tails.admit(caller);
                sendWhatIsThere(stream);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refuse(new RefusedException(Problem.UNAVAILABLE, "This instance stops"));
        } catch (RefusedException refused) {
            refuse(refused);
        } catch (RuntimeException failure) {
            refuse(refusalOf(failure));
        } finally {
            tails.remove(this);
        }
    }

    /** For a second: then the token is verified again. */
    private void sendWhatIsThere(BlockingStream<TrackedEventMessage<?>> stream) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        int read = 0;
        while (System.nanoTime() - end < 0 && !client.isCancelled()) {
            if (read == EVENTS_PER_SECOND || !client.isReady()) {
                ready.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                ready.drainPermits();
            } else if (stream.hasNextAvailable(100, TimeUnit.MILLISECONDS)) {
                read++;
                TrackedEventMessage<?> event = stream.nextAvailable();
                if (query.accepts(event)) {
                    send(FollowEventsResponse.newBuilder()
                            .setEvent(LoggedEvents.masked(event))
                            .build());
                }
            }
        }
    }

    private void send(FollowEventsResponse message) {
        if (!client.isCancelled()) {
            client.onNext(message);
        }
    }

    private static RefusedException refusalOf(RuntimeException failure) {
        if (FailureClassifier.isTransient(failure)) {
            return new RefusedException(Problem.UNAVAILABLE, Problem.UNAVAILABLE.title());
        }
        log.error("a stream of the log failed", failure);
        return new RefusedException(Problem.INTERNAL, Problem.INTERNAL.title());
    }

    private void refuse(RefusedException refused) {
        if (!client.isCancelled()) {
            client.onError(RefusalCodec.toStatus(refused));
        }
    }
}
