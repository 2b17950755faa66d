package dev.kontor.query;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.query.platform.Scan;
import dev.kontor.query.platform.ViewDocument;
import dev.kontor.query.platform.ViewStore;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

/** The time that a search has left. What reads in a loop asks it each time around. */
public final class SearchDeadline {

    private final long end;
    private final long halfNanos;

    SearchDeadline(Duration time) {
        this.end = System.nanoTime() + time.toNanos();
        this.halfNanos = time.toNanos() / 2;
    }

    /** Whether half of it is over: time to end for a search that may answer with less. */
    public boolean isShort() {
        return leftNanos() < halfNanos;
    }

    /** Never negative. */
    long leftNanos() {
        return Math.max(0, end - System.nanoTime());
    }

    static RefusedException over() {
        return new RefusedException(
                Problem.OVERLOADED, "The search took too long: narrow it down, or try again in a moment");
    }

    /** @throws RefusedException where there is none left, or the caller does not wait for the search any more */
    public void check() {
        if (leftNanos() == 0 || Thread.currentThread().isInterrupted()) {
            throw over();
        }
    }

    /**
     * Gives one document after the other, until the reader wants no more.
     *
     * @param reader answers whether it wants another one
     * @return whether it wanted more than there is
     * @throws RefusedException where the time is over before
     */
    public <D extends ViewDocument> boolean each(ViewStore store, Scan<D> scan, Predicate<D> reader) {
        check();
        try {
            return store.scan(scan, document -> {
                boolean more = reader.test(document);
                if (more) {
                    check();
                }
                return more;
            });
        } catch (CancellationException e) {
            throw over();
        }
    }
}
