package dev.kontor.side.platform;

import dev.kontor.grpc.platform.StartException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The first step of a start once all beans exist: waits for all stores at once, then runs every
 * {@link StorePreparation}. Event processors, buses and the gRPC server start afterwards.
 */
@Component
class StoresAtStart implements SmartLifecycle {

    static final int PHASE = Integer.MIN_VALUE + 1;

    private final StartupDependencies needs;
    private final ObjectProvider<StartupDependency> stores;
    private final ObjectProvider<StorePreparation> preparations;
    private volatile boolean running;

    StoresAtStart(
            StartupDependencies needs,
            ObjectProvider<StartupDependency> stores,
            ObjectProvider<StorePreparation> preparations) {
        this.needs = needs;
        this.stores = stores;
        this.preparations = preparations;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public void start() {
        List<StartupDependency> needed = stores.orderedStream().toList();
        awaitAll(needed);
        preparations.orderedStream().forEach(each -> prepare(each, needed));
        running = true;
    }

    /** In the standalone process no store can be away: a failure there is a defect, and ends the start. */
    private void prepare(StorePreparation each, List<StartupDependency> needed) {
        if (needed.isEmpty()) {
            each.prepare();
        } else {
            needs.await("what the start reads from the stores", () -> {
                each.prepare();
                return true;
            });
        }
    }

    private void awaitAll(List<StartupDependency> needed) {
        try (ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = needed.stream()
                    .<Future<?>>map(store -> waiting.submit(() -> needs.await(store.name(), store.isThere())))
                    .toList();
            try {
                for (Future<?> each : all) {
                    each.get();
                }
            } finally {
                // After one failed wait the others need not finish.
                waiting.shutdownNow();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("Shut down while waiting for the stores", e);
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
