package dev.kontor.command.operations;

import dev.kontor.wire.operations.RequestId;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.common.caching.Cache;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.ListenerInvocationErrorHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How commands and the events that lead to commands are processed. */
@Configuration(proxyBeanMethods = false)
class ProcessingConfiguration {

    private static final int CACHED_AGGREGATES = 20_000;
    private static final long TOKEN_CLAIM_INTERVAL_MILLIS = 500;

    @Bean
    Cache aggregateCache() {
        return new AggregateCache(CACHED_AGGREGATES);
    }

    /** Named here: the one that Axon would make works on the thread of the command that asks. */
    @Bean
    Snapshots snapshotter(org.axonframework.config.Configuration configuration) {
        return new Snapshots(configuration);
    }

    @Bean(Snapshots.TRIGGER)
    SnapshotTriggerDefinition snapshotTrigger(Snapshots snapshots) {
        return new LongHistory(snapshots, Snapshots.EVENTS);
    }

    @Bean
    CorrelationDataProvider messageOrigin() {
        return new MessageOriginProvider();
    }

    @Bean
    CorrelationDataProvider callOrigin() {
        return new SimpleCorrelationDataProvider(RequestId.NAME, Commands.ACTOR);
    }

    @Bean
    ConfigurerModule commandInterceptors() {
        return configurer -> configurer.onInitialize(configuration -> configuration.onStart(
                () -> configuration.commandBus().registerHandlerInterceptor(new UnknownAggregates())));
    }

    /** The one processor that sends commands: one segment, batches written as one. */
    @Bean
    ConfigurerModule orderProcessing(
            EventStore eventStore,
            @Qualifier("commandTokenStore") TokenStore tokenStore,
            ListenerInvocationErrorHandler setAside,
            @Value("${kontor.orders.batch-size:200}") int batchSize) {
        return configurer -> configurer
                .eventProcessing()
                .registerTokenStore(OrderProcessing.GROUP, c -> tokenStore)
                .registerListenerInvocationErrorHandler(OrderProcessing.GROUP, c -> setAside)
                .registerErrorHandler(OrderProcessing.GROUP, c -> PropagatingErrorHandler.instance())
                .registerPooledStreamingEventProcessor(
                        OrderProcessing.GROUP, c -> eventStore, (configuration, builder) -> {
                            ScheduledExecutorService worker =
                                    Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
                                            .name(OrderProcessing.GROUP)
                                            .factory());
                            configuration.onShutdown(worker::shutdown);
                            return builder.workerExecutor(worker)
                                    .initialSegmentCount(1)
                                    // From the log's beginning: an order placed before this processor first ran counts.
                                    .initialToken(StreamableMessageSource::createTailToken)
                                    .tokenClaimInterval(TOKEN_CLAIM_INTERVAL_MILLIS)
                                    .batchSize(batchSize);
                        });
    }
}
