package dev.kontor.query.platform;

import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.identity.TokenVerifier;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RateLimiter;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.side.identity.RevocationListener;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * The open streams, which show documents as they change. The writes of this process wake them. Where other processes
 * write documents too, {@link FollowedLog} also tells them the versions in the log. A document that is not watched costs
 * its writer one look-up. A stream ends when its token expires or is revoked.
 */
@Component
public class Watches implements WriteListener, RevocationListener, MeterBinder, DisposableBean {

    /** For a caller that knows no version. */
    private static final long KNOWS_NONE = Long.MIN_VALUE;

    private static final Map<String, String> RETRY = Map.of(RateLimiter.RETRY_AFTER, "10");

    private final Map<Place, Set<WatchStream<?>>> open = new ConcurrentHashMap<>();
    private final Map<String, Integer> perCustomer = new ConcurrentHashMap<>();
    private final ExecutorService looks = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("watch-", 0).factory());
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("watches-timer").factory());

    private final WatchSettings settings;
    /** Created later than this: in the standalone process its keys come from commands. */
    private final Supplier<TokenVerifier> verifier;

    private final EventStore eventStore;
    private final boolean isShared;

    private int streams;
    private volatile boolean closing;

    private record Place(String type, String id) {

        static Place of(WatchStream<?> stream) {
            return new Place(stream.watched().type().name(), stream.watched().id());
        }
    }

    Watches(
            WatchSettings settings,
            ViewStore store,
            EventStore eventStore,
            @Qualifier("sideTokenVerifier") ObjectProvider<TokenVerifier> verifier) {
        this.settings = settings;
        this.verifier = SingletonSupplier.of(verifier::getObject);
        this.eventStore = eventStore;
        this.isShared = store.isShared();
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Opens a stream for the current call's caller. The first message is sent at once if the document exists.
     *
     * @param known the version that the caller knows; only newer ones are sent
     * @throws RefusedException if too many streams are open
     */
    public <A> void open(Watched<A> watched, OptionalLong known, StreamObserver<A> answer) {
        ServerCallStreamObserver<A> client = (ServerCallStreamObserver<A>) answer;
        Caller caller = Caller.required();
        WatchStream<A> stream = new WatchStream<>(this, watched, caller, known.orElse(KNOWS_NONE), client);
        add(stream);
        stream.begin();
    }

    private synchronized void add(WatchStream<?> stream) {
        if (streams >= settings.streams()) {
            throw new RefusedException(Problem.OVERLOADED, "Too many streams are open");
        }
        String customer = stream.caller().customerId();
        int ofCustomer = perCustomer.getOrDefault(customer, 0);
        if (ofCustomer >= settings.streamsPerCustomer()) {
            throw new RefusedException(
                    Problem.TOO_MANY_REQUESTS, "Too many streams of one customer are open", RETRY, List.of());
        }
        perCustomer.put(customer, ofCustomer + 1);
        streams++;
        open.computeIfAbsent(Place.of(stream), absent -> ConcurrentHashMap.newKeySet())
                .add(stream);
    }

    /** Idempotent. */
    synchronized void remove(WatchStream<?> stream) {
        Place place = Place.of(stream);
        Set<WatchStream<?>> ofDocument = open.getOrDefault(place, Set.of());
        if (ofDocument.contains(stream)) {
            ofDocument.remove(stream);
            if (ofDocument.isEmpty()) {
                open.remove(place);
            }
            perCustomer.computeIfPresent(
                    stream.caller().customerId(), (customer, count) -> count == 1 ? null : count - 1);
            streams--;
        }
    }

    synchronized int streams() {
        return streams;
    }

    @Override
    public void written(DocumentType<?> type, Collection<String> ids) {
        if (!open.isEmpty()) {
            ids.forEach(id -> each(type, id, WatchStream::signal));
        }
    }

    @Override
    public void switched(View view) {
        open.values().forEach(streams -> streams.forEach(WatchStream::signal));
    }

    /** The log has this version of a document, which any process may write. */
    public void logged(DocumentType<?> type, String id, long version) {
        if (!open.isEmpty()) {
            each(type, id, stream -> stream.expect(version));
        }
    }

    private void each(DocumentType<?> type, String id, Consumer<WatchStream<?>> signal) {
        open.getOrDefault(new Place(type.name(), id), Set.of()).forEach(signal);
    }

    @Override
    public void revoked(Revocation revocation) {
        open.values()
                .forEach(streams -> streams.stream()
                        .filter(stream -> mayConcern(revocation, stream.caller()))
                        .forEach(WatchStream::signal));
    }

    private static boolean mayConcern(Revocation revocation, Caller caller) {
        return switch (revocation.getWhatCase()) {
            case SESSION_ID -> caller.sessionId().equals(revocation.getSessionId());
            case TOKENS -> caller.customerId().equals(revocation.getTokens().getCustomerId());
            case KID, WHAT_NOT_SET -> true;
        };
    }

    /** @throws RefusedException if the caller's token is not valid any more, or this process stops */
    void admit(Caller caller) {
        if (closing) {
            throw new RefusedException(Problem.UNAVAILABLE, "This instance stops");
        }
        verifier.get().verify(caller.token());
    }

    /** The newest version of an aggregate that another process may have to write yet; empty if there is none. */
    OptionalLong newestInLog(String aggregateId) {
        return isShared
                ? eventStore
                        .lastSequenceNumberFor(aggregateId)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty())
                : OptionalLong.empty();
    }

    void execute(Runnable look) {
        if (!looks.isShutdown()) {
            looks.execute(look);
        }
    }

    Future<?> later(long nanos, Runnable signal) {
        return timer.schedule(signal, nanos, TimeUnit.NANOSECONDS);
    }

    /** Streams end at once, so that the gRPC server does not wait for them. */
    @EventListener(ContextClosedEvent.class)
    void end() {
        closing = true;
        open.values().forEach(streams -> streams.forEach(WatchStream::signal));
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
        looks.shutdown();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("kontor.watches.streams", this, Watches::streams)
                .description("open streams that show documents as they change")
                .register(registry);
    }
}
