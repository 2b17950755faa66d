package dev.kontor.side.platform;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.AbstractEventProcessor;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.MaxSegmentProvider;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Registers an event processor. All of Kontor's are registered here, so that none depends on auto-configuration. An
 * event that its handlers cannot take becomes a dead letter. A failure of a store or of another process is repeated.
 *
 * @param segments the number of segments, each with a thread
 * @param start the position of a processor without a token
 */
public record EventProcessor(
        String name,
        TokenStore tokens,
        int segments,
        int batchSize,
        Function<StreamableMessageSource<TrackedEventMessage<?>>, TrackingToken> start) {

    /** How often the processor tries to claim a segment it released after a failure. */
    private static final long CLAIM_INTERVAL_MILLIS = 500;
    /** How often the position is stored while all events are of other types: a restart does not read these again. */
    private static final long STORE_PROGRESS_MILLIS = 1_000;

    public static EventProcessor fromFirstEvent(String name, TokenStore tokens, int segments, int batchSize) {
        return new EventProcessor(name, tokens, segments, batchSize, StreamableMessageSource::createTailToken);
    }

    /** Shares the segments between the instances of a side, if there are several. */
    public void register(
            EventProcessingConfigurer processing, ObjectProvider<SegmentBalancer> balancer, DeadLetters letters) {
        register(processing, balancer::getIfAvailable, letters);
    }

    /** Runs all segments on this instance. */
    public void register(EventProcessingConfigurer processing, DeadLetters letters) {
        register(processing, () -> null, letters);
    }

    /**
     * Runs all segments on this instance. An event that cannot be handled is repeated without end. It cannot be paused.
     */
    public void registerWithoutLetters(EventProcessingConfigurer processing) {
        register(processing, () -> null, null);
    }

    private void register(
            EventProcessingConfigurer processing, Supplier<SegmentBalancer> balancer, DeadLetters letters) {
        if (letters != null) {
            letters.register(name, processing);
        }
        processing
                .registerTokenStore(name, configuration -> tokens)
                .registerTransactionManager(name, configuration -> NoTransactionManager.instance())
                // Propagates a failure out of the handler, and out of the batch.
                .registerListenerInvocationErrorHandler(name, configuration -> PropagatingErrorHandler.instance())
                .registerErrorHandler(
                        name,
                        configuration -> configuration
                                .getComponent(ProcessorFailures.class, () -> new ProcessorFailures(Clock.systemUTC()))
                                .of(name))
                .registerHandlerInterceptor(name, configuration -> new NoResult())
                .registerHandlerInterceptor(
                        name,
                        configuration -> configuration
                                .getComponent(HandlingTimes.class, HandlingTimes::none)
                                .of(name))
                .registerPooledStreamingEventProcessor(name, this::knownEvents, (configuration, builder) -> {
                    ScheduledExecutorService workers = workers();
                    configuration.onShutdown(workers::shutdown);
                    ScheduledExecutorService coordinator = new CoordinatorExecutor(name);
                    configuration.onShutdown(coordinator::shutdown);
                    if (letters != null) {
                        limit(builder, balancer.get(), configuration);
                        letters.runs(name, configuration, workers);
                    }
                    return set(builder, workers, coordinator);
                });
    }

    private KnownEvents knownEvents(Configuration configuration) {
        return new KnownEvents(
                configuration.eventStore(),
                () -> configuration
                        .eventProcessingConfiguration()
                        .eventProcessor(name, AbstractEventProcessor.class)
                        .orElseThrow()
                        .eventHandlerInvoker());
    }

    private static void limit(
            PooledStreamingEventProcessor.Builder builder, SegmentBalancer balancer, Configuration configuration) {
        ProcessorPauses pauses = configuration.getComponent(ProcessorPauses.class, ProcessorPauses::none);
        new SegmentLimit(pauses.limit(balancer == null ? MaxSegmentProvider.maxShort() : balancer)).over(builder);
        if (balancer != null) {
            // A batch may take long when its commands go to other processes: its claim is renewed meanwhile.
            builder.enableCoordinatorClaimExtension();
        }
    }

    private ScheduledExecutorService workers() {
        return Executors.newScheduledThreadPool(
                segments, Thread.ofPlatform().name(name + "-", 0).factory());
    }

    private PooledStreamingEventProcessor.Builder set(
            PooledStreamingEventProcessor.Builder builder,
            ScheduledExecutorService workers,
            ScheduledExecutorService coordinator) {
        return builder.initialToken(start)
                .initialSegmentCount(segments)
                .batchSize(batchSize)
                .tokenClaimInterval(CLAIM_INTERVAL_MILLIS)
                .claimExtensionThreshold(STORE_PROGRESS_MILLIS)
                .coordinatorExecutor(coordinator)
                .workerExecutor(workers);
    }

    /**
     * Starts a processor outside of Axon's configuration. Its owner closes it. It has no dead letters: an event that
     * cannot be handled is repeated without end.
     *
     * @param handlers objects with annotated event handlers
     * @param interceptor of each event
     */
    public OwnedProcessor start(
            Configuration configuration, List<?> handlers, MessageHandlerInterceptor<EventMessage<?>> interceptor) {
        ScheduledExecutorService workers = workers();
        ScheduledExecutorService coordinator = new CoordinatorExecutor(name);
        EventHandlerInvoker invoker = SimpleEventHandlerInvoker.builder()
                .eventHandlers(handlers)
                .handlerDefinition(
                        configuration.handlerDefinition(handlers.getFirst().getClass()))
                .parameterResolverFactory(configuration.parameterResolverFactory())
                .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                .build();
        PooledStreamingEventProcessor processor = set(PooledStreamingEventProcessor.builder(), workers, coordinator)
                .name(name)
                .eventHandlerInvoker(invoker)
                .messageSource(new KnownEvents(configuration.eventStore(), () -> invoker))
                .tokenStore(tokens)
                .transactionManager(NoTransactionManager.instance())
                .errorHandler(PropagatingErrorHandler.instance())
                .build();
        processor.registerHandlerInterceptor(new NoResult());
        processor.registerHandlerInterceptor(interceptor);
        processor.start();
        return new OwnedProcessor(processor, workers, coordinator);
    }
}
