package dev.kontor.side.platform;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread of the coordinator of an event processor. Axon's coordinator pauses for 100 ms when the queue of a segment
 * is full, and the queue holds 1,024 events: no processor could read more than some 10,000 events a second. Here that
 * pause is shorter. All other pauses of the coordinator are longer, and stay.
 */
final class CoordinatorExecutor extends ScheduledThreadPoolExecutor {

    private static final long FULL_QUEUE_MILLIS = 100;
    /** A segment handles its queue in 5 to 50 ms. */
    static final long SHORTER_MILLIS = 2;

    CoordinatorExecutor(String processor) {
        super(1, Thread.ofPlatform().name("Coordinator[" + processor + "]-", 0).factory());
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return unit.toMillis(delay) == FULL_QUEUE_MILLIS
                ? super.schedule(task, SHORTER_MILLIS, TimeUnit.MILLISECONDS)
                : super.schedule(task, delay, unit);
    }
}
