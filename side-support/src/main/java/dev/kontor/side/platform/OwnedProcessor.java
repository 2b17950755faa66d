package dev.kontor.side.platform;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;

/** A running event processor that Axon's configuration does not know, with its threads. */
public final class OwnedProcessor {

    private static final long STOP_SECONDS = 60;

    private final PooledStreamingEventProcessor processor;
    private final ExecutorService workers;
    private final ExecutorService coordinator;

    OwnedProcessor(PooledStreamingEventProcessor processor, ExecutorService workers, ExecutorService coordinator) {
        this.processor = processor;
        this.workers = workers;
        this.coordinator = coordinator;
    }

    public PooledStreamingEventProcessor processor() {
        return processor;
    }

    /**
     * Waits for the end of the batches that are handled now, and ends the threads.
     *
     * @throws IllegalStateException if a batch does not end within a minute
     */
    public void stop() {
        try {
            processor.shutdownAsync().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a processor stops", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("%s does not stop".formatted(processor.getName()), e);
        } finally {
            workers.shutdown();
            coordinator.shutdown();
        }
    }
}
