package dev.kontor.side.platform;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Repeats a look on a thread of its own. Of failures in a row only the first is reported. */
public final class RepeatedLook {

    private final Runnable look;
    private final Consumer<RuntimeException> report;
    private final ScheduledExecutorService thread;
    private boolean failed;

    /** @param name of the thread */
    public RepeatedLook(String name, Runnable look, Consumer<RuntimeException> report) {
        this.look = look;
        this.report = report;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    /** Looks now, and then after each pause. */
    public void start(Duration pause) {
        thread.scheduleWithFixedDelay(this::once, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks once more, without waiting for the pause to end. */
    void lookNow() {
        thread.execute(this::once);
    }

    private void once() {
        try {
            look.run();
            failed = false;
        } catch (RuntimeException e) {
            if (!failed) {
                report.accept(e);
            }
            failed = true;
        }
    }

    public void stop() {
        thread.shutdownNow();
    }

    /** Stops, and returns whether the last look has ended within this time. */
    boolean stop(Duration atMost) throws InterruptedException {
        stop();
        return thread.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}
