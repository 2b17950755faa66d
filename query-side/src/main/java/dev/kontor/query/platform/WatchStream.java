package dev.kontor.query.platform;

import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.query.platform.Watched.State;
import dev.kontor.side.platform.FailureClassifier;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open stream. It has no thread: a signal makes it look at its document once more, on a thread that ends with the
 * look. Signals that arrive meanwhile are one. It reads the document only when the client takes a message, so it keeps
 * no more than a version, however slow the client is.
 */
final class WatchStream<A> {

    /** How long a document may be missing at the begin: a view may lag behind the write that the caller knows of. */
    static final Duration UNTIL_IT_EXISTS = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(WatchStream.class);
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Watches watches;
    private final Watched<A> watched;
    private final Caller caller;
    private final ServerCallStreamObserver<A> client;
    private final long begin = System.nanoTime();
    private final AtomicInteger signals = new AtomicInteger();
    /** The newest version that is known to be in the log. */
    private final AtomicLong due = new AtomicLong(Wait.NOTHING);

    // Only the look that is under way uses these.
    private long sent;
    private boolean hasAnswered;
    private boolean waitsForIt;
    private boolean knowsLog;
    private long pause = FIRST_PAUSE;

    private volatile boolean hasEnded;
    private volatile Future<?> expiry;

    /** @param known the version that the client knows */
    WatchStream(Watches watches, Watched<A> watched, Caller caller, long known, ServerCallStreamObserver<A> client) {
        this.watches = watches;
        this.watched = watched;
        this.caller = caller;
        this.sent = known;
        this.client = client;
    }

    /** Looks once more when the token has expired. */
    void begin() {
        client.setOnReadyHandler(this::signal);
        client.setOnCancelHandler(this::end);
        Duration left = Duration.between(Instant.now(), caller.expiresAt());
        expiry = watches.later(left.plusMillis(1).toNanos(), this::signal);
        if (hasEnded) {
            end();
        }
        signal();
    }

    Watched<A> watched() {
        return watched;
    }

    Caller caller() {
        return caller;
    }

    /** The log has this version of the document, and another process may write it. */
    void expect(long version) {
        due.accumulateAndGet(version, Math::max);
        signal();
    }

    /** Looks at the document soon. */
    void signal() {
        if (!hasEnded && signals.getAndIncrement() == 0) {
            watches.execute(this::lookUntilNoMoreSignals);
        }
    }

    private void lookUntilNoMoreSignals() {
        int seen;
        do {
            seen = signals.get();
            if (!hasEnded) {
                look();
            }
        } while (!signals.compareAndSet(seen, 0));
    }

    private void look() {
        try {
            watches.admit(caller);
            if (!knowsLog) {
                watches.newestInLog(watched.aggregateId())
                        .ifPresent(version -> due.accumulateAndGet(version, Math::max));
                knowsLog = true;
            }
            if (client.isReady()) {
                show(watched.read().get());
            }
        } catch (RefusedException refused) {
            refuse(refused);
        } catch (RuntimeException failure) {
            refuse(refusalOf(failure));
        }
    }

    private void show(Optional<State<A>> found) {
        long version = found.map(State::version).orElse(Wait.NOTHING);
        found.ifPresent(this::send);
        if (hasEnded) {
            return;
        }
        if (found.isEmpty() && !hasAnswered) {
            waitForIt();
        }
        if (version < due.get()) {
            // Another process reads the log and writes the document; its write does not wake this process.
            watches.later(pause, this::signal);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        } else {
            pause = FIRST_PAUSE;
        }
    }

    private void waitForIt() {
        if (System.nanoTime() - begin >= UNTIL_IT_EXISTS.toNanos()) {
            throw watched.missing();
        }
        if (!waitsForIt) {
            waitsForIt = true;
            watches.later(UNTIL_IT_EXISTS.toNanos(), this::signal);
        }
    }

    private void send(State<A> state) {
        if (state.version() > sent) {
            client.onNext(state.message().get());
            sent = state.version();
            hasAnswered = true;
        } else if (!hasAnswered && !state.isLast()) {
            client.onNext(watched.nothingNewer());
            hasAnswered = true;
        }
        if (state.isLast()) {
            end();
            client.onCompleted();
        }
    }

    private static RefusedException refusalOf(RuntimeException failure) {
        if (FailureClassifier.isTransient(failure)) {
            return new RefusedException(Problem.UNAVAILABLE, Problem.UNAVAILABLE.title());
        }
        log.error("a stream failed", failure);
        return new RefusedException(Problem.INTERNAL, Problem.INTERNAL.title());
    }

    private void refuse(RefusedException refused) {
        end();
        client.onError(RefusalCodec.toStatus(refused));
    }

    /** The client has gone, or the last message was sent. */
    void end() {
        hasEnded = true;
        Future<?> timed = expiry;
        if (timed != null) {
            timed.cancel(false);
        }
        watches.remove(this);
    }
}
