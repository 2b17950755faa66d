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
 * Where reads run that look at documents which they may not show: as many as they need, so that nobody knows how long they take.
 * They have few threads, and little time. So however many ask, projections and reads by id keep their pace.
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
     * What a search finds. It ends, also as work, when its time is over or the caller does not wait any more.
     *
     * @throws RefusedException with {@link Problem#OVERLOADED} where it had no time left, or found too many others waiting
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
            throw new RefusedException(Problem.OVERLOADED, "Too many search at the moment: try again in a moment");
        } catch (TimeoutException | CancellationException e) {
            throw SearchDeadline.over();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SearchDeadline.over();
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } finally {
            caller.removeListener(gone);
            // Does nothing to one that is done. One that still waits makes room for others.
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
