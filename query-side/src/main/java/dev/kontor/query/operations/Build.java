package dev.kontor.query.operations;

import java.util.concurrent.TimeUnit;

/** One building of a view out of the log: the first one after start, or a rebuild. */
final class Build {

    enum State {
        RUNNING,
        DONE,
        FAILED
    }

    /** @param eventsPerSecond on average since it began, until it ended */
    record Progress(long generation, State state, long done, long total, long eventsPerSecond) {}

    private final long generation;
    private final long start = System.nanoTime();
    /** Until the processor stands at the beginning of the log, its position says nothing about this build. */
    private boolean reading;

    private long from;
    private Progress progress;

    Build(long generation) {
        this.generation = generation;
        this.progress = new Progress(generation, State.RUNNING, 0, 0, 0);
    }

    /** From now on the view reads from one position to another, in events of the log. */
    synchronized void read(long from, long total) {
        this.reading = true;
        this.from = from;
        this.progress = new Progress(generation, State.RUNNING, from, total, 0);
    }

    synchronized Progress at(long position) {
        if (reading && progress.state() == State.RUNNING) {
            long done = Math.min(position, progress.total());
            long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            progress = new Progress(
                    generation,
                    done >= progress.total() ? State.DONE : State.RUNNING,
                    done,
                    progress.total(),
                    Math.max(0, done - from) * 1_000 / millis);
        }
        return progress;
    }

    synchronized void failed() {
        progress =
                new Progress(generation, State.FAILED, progress.done(), progress.total(), progress.eventsPerSecond());
    }
}
