package dev.kontor.query;

import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCursor;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.bson.Document;

/** The time that a search has left. Whoever reads in a loop asks it each time around. */
public final class SearchTime {

    /** Few enough that who is out of time finds it out soon. */
    private static final int BATCH = 100;

    private final long end;
    private final long halfNanos;

    SearchTime(Duration time) {
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

    static Refused over() {
        return new Refused(Problem.OVERLOADED, "The search took too long: narrow it down, or try again in a moment");
    }

    /** @throws Refused where there is none left, or nobody waits for the search any more */
    public void check() {
        if (leftNanos() == 0 || Thread.currentThread().isInterrupted()) {
            throw over();
        }
    }

    /**
     * Gives one document after the other, until the reader wants no more. The store is told how much time there is; the
     * embedded one answers after some hundred documents, whether it has found any or not, so that it is asked to go on or is
     * not.
     *
     * @param found in the order of an index, or in none: nothing that has to be read before it can be sorted
     * @param reader answers whether it wants another one
     * @return whether it wanted more than there is
     */
    public boolean each(FindIterable<Document> found, Predicate<Document> reader) {
        check();
        // Milliseconds, and 0 would be none at all.
        long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNanos()));
        try (MongoCursor<Document> cursor =
                found.batchSize(BATCH).maxTime(left, TimeUnit.MILLISECONDS).cursor()) {
            Document next = cursor.tryNext();
            while (next != null ? reader.test(next) : cursor.getServerCursor() != null) {
                check();
                next = cursor.tryNext();
            }
            return next == null;
        } catch (MongoExecutionTimeoutException | MongoInterruptedException e) {
            throw over();
        }
    }
}
