package dev.kontor.query.operations;

import java.util.concurrent.TimeUnit;

/** One build of a view from the log: the first after start, or a rebuild. */
final class ViewBuild {

    enum State {
        RUNNING,
        /** It does not go on until it is resumed. */
        PAUSED,
        /** It has read the log, and readers may be switched to it. */
        READY,
        DONE,
        CANCELLED,
        FAILED
    }

    /**
     * @param from events that it did not have to read
     * @param eventsPerSecond on average since it began, until it ended
     */
    record Progress(long generation, State state, long from, long done, long total, long eventsPerSecond) {}

    private final long generation;
    /** Whether it is done when it has read the log. */
    private final boolean endsItself;

    private final long start = System.nanoTime();
    /** Until the processor is at the beginning of the log, its position does not belong to this build. */
    private boolean reading;

    private Progress progress;

    ViewBuild(long generation) {
        this(generation, true);
    }

    ViewBuild(long generation, boolean endsItself) {
        this.generation = generation;
        this.endsItself = endsItself;
        this.progress = new Progress(generation, State.RUNNING, 0, 0, 0, 0);
    }

    /** From now on the view reads from one position to another, in events of the log. */
    synchronized void read(long from, long total) {
        this.reading = true;
        this.progress = new Progress(generation, State.RUNNING, from, from, total, 0);
    }

    synchronized Progress at(long position) {
        if (reading && progress.state() == State.RUNNING) {
            // Before the processor has begun, the state is the one that the requester of the build set.
            long from = progress.from();
            long done = Math.clamp(position, from, Math.max(from, progress.total()));
            long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            progress = new Progress(
                    generation,
                    endsItself && done >= progress.total() ? State.DONE : State.RUNNING,
                    from,
                    done,
                    progress.total(),
                    (done - from) * 1_000 / millis);
        }
        return progress;
    }

    synchronized void failed() {
        end(State.FAILED);
    }

    /** Its state from now on. Of a build that has read the log, all counts as done. */
    synchronized void end(State state) {
        boolean isRead = state == State.READY || state == State.DONE;
        progress = new Progress(
                generation,
                state,
                progress.from(),
                isRead ? progress.total() : progress.done(),
                progress.total(),
                progress.eventsPerSecond());
    }
}
