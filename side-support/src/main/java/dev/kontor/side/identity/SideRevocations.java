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
import dev.kontor.side.platform.RepeatedLook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
 * The revocations that this side's own processor has read from the log. Every {@link #BETWEEN_LOOKS} it notes the log's
 * head; once the processor has reached that head, all revocations up to that moment are known. Until this has happened
 * once, and when the last such moment is more than {@link #STUCK} ago, this side refuses to verify tokens. Under steady
 * load the processor is always a few events behind the head, and does not count as stuck.
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
    private final RepeatedLook looking = new RepeatedLook("revocations-look", this::lookAndCheck, this::report);

    private boolean started;
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

    /** Records a revocation that the processor has read at this position of the log. */
    void tell(long position, Revocation revocation, Instant at) {
        kept.keep(position, revocation, at);
        list.add(revocation);
    }

    @Override
    public boolean revokes(Caller caller) {
        // After a pause of this process the processor catches up in a moment.
        if (!caughtUp || !moment.await(() -> !isStuck())) {
            throw new RefusedException(Problem.UNAVAILABLE, "Tokens cannot be verified at the moment");
        }
        return list.revokes(caller);
    }

    private boolean isStuck() {
        return ticker.read() - knownAsOf > STUCK.toNanos();
    }

    /** Whether this side knows all revocations that were in the log {@link #STUCK} ago. */
    boolean areKnownOfLate() {
        return caughtUp && !isStuck();
    }

    /** Waits until this side knows all of these revocations, or the time is over; returns whether it does. */
    boolean await(Revoked revoked, Duration atMost) {
        return list.await(revoked, atMost);
    }

    /** Compares the processor's position with the noted head. Runs on one thread. */
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

    /** Whether this side knows all revocations that were in the log at this moment of the ticker. */
    boolean knowsAllUntil(long moment) {
        return caughtUp && knownAsOf - moment >= 0;
    }

    /** Whether this side has caught up with the log at least once. */
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
            looking.start(BETWEEN_LOOKS);
        }
    }

    private void lookAndCheck() {
        look();
        if (caughtUp && isStuck()) {
            throw new IllegalStateException("the log is not read");
        }
    }

    private void report(RuntimeException failure) {
        if (!closing) {
            log.warn("revocations are not up to date: {}", failure.toString());
        }
    }

    /** From now on the processor may stop before this check does, which is no failure. */
    @EventListener(ContextClosedEvent.class)
    void end() {
        closing = true;
    }

    /** Calls in progress are verified until the end. */
    @Override
    public void destroy() {
        looking.stop();
    }
}
