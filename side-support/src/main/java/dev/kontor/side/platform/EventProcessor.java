package dev.kontor.side.platform;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.ObjectProvider;

/**
 * An event processor: every one of Kontor is registered here, so that none depends on what auto-configuration chooses
 * from the class path. An event that fails is tried again and never skipped.
 *
 * @param segments each with a thread
 * @param start where a processor without a token begins
 */
public record EventProcessor(
        String name,
        TokenStore tokens,
        int segments,
        int batchSize,
        Function<StreamableMessageSource<TrackedEventMessage<?>>, TrackingToken> start) {

    /** How often a segment is claimed again that was released after a failure. */
    private static final long CLAIM_INTERVAL_MILLIS = 500;
    /** How often the position is stored while all events are of other types: a restart does not read these again. */
    private static final long STORE_PROGRESS_MILLIS = 1_000;

    public static EventProcessor fromFirstEvent(String name, TokenStore tokens, int segments, int batchSize) {
        return new EventProcessor(name, tokens, segments, batchSize, StreamableMessageSource::createTailToken);
    }

    /** Shared by the instances of a side where there are several. */
    public void register(EventProcessingConfigurer processing, ObjectProvider<SegmentBalancer> balancer) {
        register(processing, builder -> balancer.ifAvailable(segments -> segments.over(builder)));
    }

    /** Of this instance alone. */
    public void register(EventProcessingConfigurer processing) {
        register(processing, builder -> {});
    }

    private void register(
            EventProcessingConfigurer processing, Consumer<PooledStreamingEventProcessor.Builder> balance) {
        processing
                .registerTokenStore(name, configuration -> tokens)
                .registerTransactionManager(name, configuration -> NoTransactionManager.instance())
                // Out of the handler, and out of the batch.
                .registerListenerInvocationErrorHandler(name, configuration -> PropagatingErrorHandler.instance())
                .registerErrorHandler(name, configuration -> PropagatingErrorHandler.instance())
                .registerPooledStreamingEventProcessor(name, Configuration::eventStore, (configuration, builder) -> {
                    ScheduledExecutorService workers = Executors.newScheduledThreadPool(
                            segments, Thread.ofPlatform().name(name + "-", 0).factory());
                    configuration.onShutdown(workers::shutdown);
                    balance.accept(builder);
                    return builder.initialToken(start)
                            .initialSegmentCount(segments)
                            .batchSize(batchSize)
                            .tokenClaimInterval(CLAIM_INTERVAL_MILLIS)
                            .claimExtensionThreshold(STORE_PROGRESS_MILLIS)
                            .workerExecutor(workers);
                });
    }
}
