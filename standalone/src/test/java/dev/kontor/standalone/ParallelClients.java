package dev.kontor.standalone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Many clients at the same time, each on a virtual thread. */
public final class ParallelClients {

    private ParallelClients() {}

    /** All clients do the same at the same time; returns their answers. */
    public static <T> List<T> allAtOnce(int clients, Callable<T> act) {
        CountDownLatch start = new CountDownLatch(clients);
        Callable<T> together = () -> {
            start.countDown();
            start.await();
            return act.call();
        };
        return share(clients, Collections.nCopies(clients, together), Duration.ofSeconds(120));
    }

    /**
     * The clients share the acts; returns the answers in the order of the acts.
     *
     * @throws AssertionError if they are not done in time
     */
    public static <T> List<T> share(int clients, List<? extends Callable<T>> acts, Duration within) {
        ExecutorService threads =
                Executors.newFixedThreadPool(clients, Thread.ofVirtual().factory());
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(acts, within.toMillis(), TimeUnit.MILLISECONDS)) {
                if (done.isCancelled()) {
                    throw new AssertionError("Not all of %d were done within %s".formatted(acts.size(), within));
                }
                answers.add(done.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new AssertionError("One of the clients failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
