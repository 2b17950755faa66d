package dev.kontor.query;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.query.platform.Scan;
import dev.kontor.query.platform.ViewDocument;
import dev.kontor.query.platform.ViewStore;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

/** The remaining time of a search. A loop that reads checks it in each iteration. */
public final class SearchDeadline {

    private final long end;
    private final long halfNanos;

    SearchDeadline(Duration time) {
        this.end = System.nanoTime() + time.toNanos();
        this.halfNanos = time.toNanos() / 2;
    }

    /** Whether half of it is over: a search that can return a partial result should end. */
    public boolean isShort() {
        return leftNanos() < halfNanos;
    }

    /** Whether no time is left, or the caller no longer waits. */
    public boolean isOver() {
        return leftNanos() == 0 || Thread.currentThread().isInterrupted();
    }

    /** Never negative. */
    long leftNanos() {
        return Math.max(0, end - System.nanoTime());
    }

    static RefusedException over() {
        return new RefusedException(
                Problem.OVERLOADED, "The search took too long: narrow it down, or try again in a moment");
    }

    /** @throws RefusedException if no time is left, or the caller no longer waits */
    public void check() {
        if (isOver()) {
            throw over();
        }
    }

    /**
     * Passes documents one after the other, until the reader wants no more.
     *
     * @param reader returns whether it wants another one
     * @return whether the reader wanted more than there is
     * @throws RefusedException if the time is over before
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
