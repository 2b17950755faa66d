package dev.kontor.side.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.identity.RevocationList;
import dev.kontor.grpc.identity.Revocations;
import dev.kontor.grpc.identity.ShortWait;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.side.platform.ProcessorPosition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What is revoked, as far as this side's own processor has read the log. Every {@link #BETWEEN_LOOKS} the log's head is
 * noted; once the processor has read as far, all is known that was in the log at that moment. Before that has happened
 * once, and when the last such moment is more than {@link #STUCK} ago, this side cannot tell what is revoked. Under steady
 * load the processor is always a few events short of the head, and that is not being stuck.
 */
@Component("sideRevocations")
class SideRevocations implements Revocations, DisposableBean {

    static final Duration STUCK = Duration.ofSeconds(5);
    static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private static final Logger log = LoggerFactory.getLogger(SideRevocations.class);

    private final ProcessorPosition place;
    private final EventStore eventStore;
    private final StoredRevocations kept;
    private final Ticker ticker;
    private final RevocationList list;
    private final ShortWait moment = new ShortWait();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("revocations-look").factory());

    private boolean started;
    private boolean complained;
    private volatile boolean closing;
    private TrackingToken due;
    private long dueSince;

    private volatile boolean caughtUp;
    private volatile long knownAsOf;

    @Autowired
    SideRevocations(
            @Lazy EventProcessingConfiguration processing, EventStore eventStore, StoredRevocations kept, Clock clock) {
        this(processing, eventStore, kept, clock, Ticker.systemTicker());
    }

    SideRevocations(
            EventProcessingConfiguration processing,
            EventStore eventStore,
            StoredRevocations kept,
            Clock clock,
            Ticker ticker) {
        this.place = new ProcessorPosition(processing, RevocationProcessing.GROUP);
        this.eventStore = eventStore;
        this.ticker = ticker;
        this.list = new RevocationList(ticker);
        this.kept = kept;
        kept.since(clock.instant().minus(RevocationList.KEPT)).forEach(list::add);
    }

    /** What the processor has read at this position of the log, and when that happened. */
    void tell(long position, Revocation revocation, Instant at) {
        kept.keep(position, revocation, at);
        list.add(revocation);
    }

    @Override
    public boolean revokes(Caller caller) {
        // After a pause of this process the log is read to its end again in a moment.
        if (!caughtUp || !moment.await(() -> !isStuck())) {
            throw new RefusedException(Problem.UNAVAILABLE, "Tokens cannot be verified at the moment");
        }
        return list.revokes(caller);
    }

    private boolean isStuck() {
        return ticker.read() - knownAsOf > STUCK.toNanos();
    }

    /** Whether all is known here that was in the log {@link #STUCK} ago. */
    boolean areKnownOfLate() {
        return caughtUp && !isStuck();
    }

    /** Waits until all of this is refused here, or the time is over; answers whether it is. */
    boolean await(Revoked revoked, Duration atMost) {
        return list.await(revoked, atMost);
    }

    /** Looks how far the processor is. Of one thread. */
    void look() {
        if (due != null && place.covers(due)) {
            knownAsOf(dueSince);
            due = null;
        }
        if (due == null) {
            dueSince = ticker.read();
            due = eventStore.createHeadToken();
            if (due == null || place.covers(due)) {
                knownAsOf(dueSince);
                due = null;
            }
        }
    }

    /** Whether all is known here that was in the log at this moment of the ticker. */
    boolean knowsAllUntil(long moment) {
        return caughtUp && knownAsOf - moment >= 0;
    }

    /** Whether, at some time, all was known here that was in the log. */
    boolean wereKnown() {
        return caughtUp;
    }

    private void knownAsOf(long moment) {
        knownAsOf = moment;
        caughtUp = true;
    }

    @EventListener(ContextRefreshedEvent.class)
    synchronized void start() {
        if (!started) {
            started = true;
            looking.scheduleWithFixedDelay(this::lookOrComplain, 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void lookOrComplain() {
        String trouble = null;
        try {
            look();
            if (caughtUp && isStuck()) {
                trouble = "the log is not read";
            }
        } catch (RuntimeException e) {
            trouble = e.toString();
        }
        if (trouble != null && !complained && !closing) {
            log.warn("it cannot be told at the moment what is revoked: {}", trouble);
        }
        complained = trouble != null;
    }

    /** From now on the processor may end before this look does: that is no fault. */
    @EventListener(ContextClosedEvent.class)
    void end() {
        closing = true;
    }

    /** Calls that are still being answered are let in until the end. */
    @Override
    public void destroy() {
        looking.shutdownNow();
    }
}
