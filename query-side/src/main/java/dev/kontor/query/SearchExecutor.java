package dev.kontor.query;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.Context;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.axonframework.common.AxonThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Runs reads that scan an unknown number of documents. They have few threads and a time limit, so projections and reads
 * by id keep their speed under any number of searches.
 */
@Component
public class SearchExecutor implements AutoCloseable {

    private final SearchSettings settings;
    private final ThreadPoolExecutor threads;

    SearchExecutor(SearchSettings settings) {
        this.settings = settings;
        this.threads = new ThreadPoolExecutor(
                settings.threadsHere(),
                settings.threadsHere(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.waiting()),
                new AxonThreadFactory("search"));
    }

    /**
     * Runs a search. It stops when its time is over or the caller no longer waits.
     *
     * @throws RefusedException with {@link Problem#OVERLOADED} if its time is over or too many searches wait
     */
    public <T> T run(Function<SearchDeadline, T> search) {
        SearchDeadline time = new SearchDeadline(settings.time());
        FutureTask<T> task = new FutureTask<>(() -> {
            time.check();
            return search.apply(time);
        });
        Context.CancellationListener gone = context -> task.cancel(true);
        Context caller = Context.current();
        caller.addListener(gone, Runnable::run);
        try {
            threads.execute(task);
            return task.get(time.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException full) {
            throw new RefusedException(Problem.OVERLOADED, "Too many searches are running: try again in a moment");
        } catch (TimeoutException | CancellationException e) {
            throw SearchDeadline.over();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SearchDeadline.over();
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } finally {
            caller.removeListener(gone);
            // Does nothing to a finished search; removes a waiting one from the queue.
            task.cancel(true);
            threads.remove(task);
        }
    }

    int waiting() {
        return threads.getQueue().size();
    }

    private static RuntimeException unwrapped(ExecutionException failure) {
        if (failure.getCause() instanceof Error error) {
            throw error;
        }
        return failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
