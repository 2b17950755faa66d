package dev.kontor.query.operations;

import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.identity.TokenVerifier;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RateLimiter;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.operations.FollowEventsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** The streams of events that admins follow. Each has a virtual thread, and reads the log for itself. */
@Component
class EventTails implements DisposableBean {

    /** Open at a time in this process. */
    static final int MOST = 20;

    private static final Map<String, String> RETRY = Map.of(RateLimiter.RETRY_AFTER, "10");

    private final EventStore log;
    /** Created later than this: in the standalone process its keys come from commands. */
    private final Supplier<TokenVerifier> verifier;

    private final Set<EventTail> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("event-tail-", 0).factory());
    private volatile boolean closing;

    EventTails(EventStore log, @Qualifier("sideTokenVerifier") ObjectProvider<TokenVerifier> verifier) {
        this.log = log;
        this.verifier = SingletonSupplier.of(verifier::getObject);
    }

    /**
     * Sends the current call's caller the events behind a position, as they come.
     *
     * @param known the position; empty for the end of the log
     * @throws RefusedException if too many streams are open, or the log ends before the position
     */
    void open(EventQuery query, OptionalLong known, StreamObserver<FollowEventsResponse> answer) {
        TrackingToken head = log.createHeadToken();
        long last = EventRows.positionOf(head);
        if (known.isPresent() && (known.getAsLong() < -1 || known.getAsLong() > last)) {
            throw RefusedException.invalid("Last-Event-ID", "is no position in the log");
        }
        ServerCallStreamObserver<FollowEventsResponse> client = (ServerCallStreamObserver<FollowEventsResponse>) answer;
        EventTail tail = new EventTail(this, query, Caller.required(), client);
        add(tail);
        tail.begin();
        threads.execute(() -> tail.follow(log, known.orElse(last) + 1));
    }

    private synchronized void add(EventTail tail) {
        if (open.size() >= MOST) {
            throw new RefusedException(
                    Problem.TOO_MANY_REQUESTS, "Too many streams of the log are open", RETRY, List.of());
        }
        open.add(tail);
    }

    void remove(EventTail tail) {
        open.remove(tail);
    }

    int open() {
        return open.size();
    }

    /** @throws RefusedException if the caller's token is not valid any more, or this process stops */
    void admit(Caller caller) {
        if (closing) {
            throw new RefusedException(Problem.UNAVAILABLE, "This instance stops");
        }
        verifier.get().verify(caller.token());
    }

    /** Streams end at once, so that the gRPC server does not wait for them. */
    @EventListener(ContextClosedEvent.class)
    void end() {
        closing = true;
        open.forEach(EventTail::wake);
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
