package dev.kontor.query.platform;

import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Freshness;
import io.grpc.Context;
import io.grpc.Deadline;
import java.util.concurrent.TimeUnit;

/** The waits that requests ask for. */
public final class Waits {

    private static final long DEFAULT_WAIT_MILLIS = 2_000;
    private static final long LONGEST_WAIT_MILLIS = 30_000;
    /** The part of a caller's deadline that a wait leaves, so that the answer still arrives. */
    private static final long RESERVE_MILLIS = 50;

    private Waits() {}

    /** The wait that a request asks for; none if it has no freshness. */
    public static Wait asked(boolean given, Freshness freshness) {
        return given
                ? new Wait(freshness.getAtLeastVersion(), millis("freshness.waitMillis", freshness.getWaitMillis()))
                : Wait.NONE;
    }

    /**
     * How long to wait: as asked, 2 s by default, 30 s at most, and never past the caller's deadline.
     *
     * @throws RefusedException if it is negative
     */
    public static long millis(String field, long asked) {
        if (asked < 0) {
            throw RefusedException.invalid(field, "must not be negative");
        }
        long millis = asked == 0 ? DEFAULT_WAIT_MILLIS : Math.min(asked, LONGEST_WAIT_MILLIS);
        Deadline deadline = Context.current().getDeadline();
        return deadline == null
                ? millis
                : Math.clamp(deadline.timeRemaining(TimeUnit.MILLISECONDS) - RESERVE_MILLIS, 0, millis);
    }
}
