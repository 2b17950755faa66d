package dev.kontor.command.platform;

import dev.kontor.grpc.platform.RequestId;
import dev.kontor.side.platform.DeadLetters;
import dev.kontor.side.platform.EventProcessor;
import dev.kontor.side.platform.SegmentBalancer;
import dev.kontor.side.platform.SpringProfiles;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The processing of commands, and of the events that lead to commands. */
@Configuration(proxyBeanMethods = false)
class ProcessingConfiguration {

    private static final int CACHED_AGGREGATES = 20_000;

    @Bean
    CachedAggregates cachedAggregates(
            org.axonframework.config.Configuration configuration,
            @Qualifier(Snapshots.TRIGGER) SnapshotTriggerDefinition snapshots,
            Environment environment) {
        return new CachedAggregates(configuration, snapshots, othersWrite(environment), CACHED_AGGREGATES);
    }

    /** The standalone process locks its data folder: no other process writes to its log. */
    private static boolean othersWrite(Environment environment) {
        return environment.matchesProfiles(SpringProfiles.DISTRIBUTED);
    }

    @Bean
    CommandTargetResolver targets() {
        return new InspectedTargets();
    }

    /** Explicit: Axon's default makes snapshots on the thread of the command that requests them. */
    @Bean
    Snapshots snapshotter(org.axonframework.config.Configuration configuration) {
        return new Snapshots(configuration);
    }

    @Bean(Snapshots.TRIGGER)
    SnapshotTriggerDefinition snapshotTrigger(Snapshots snapshots) {
        return new HistoryLengthTrigger(snapshots, Snapshots.EVENTS);
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
    ConfigurerModule commandInterceptors(Environment environment) {
        return configurer -> configurer.onInitialize(configuration -> configuration.onStart(() -> {
            configuration.commandBus().registerHandlerInterceptor(new UnknownAggregates());
            if (othersWrite(environment)) {
                configuration.commandBus().registerHandlerInterceptor(new StaleAnswerCheck(configuration.eventStore()));
            }
        }));
    }

    /**
     * The only processor that sends commands inside its batch. In the standalone process it has one segment, and a
     * batch commits as one; where commands commit separately it may have several segments, each with a thread.
     */
    @Bean
    ConfigurerModule orderProcessing(
            @Qualifier("commandTokenStore") TokenStore tokens,
            SequencingPolicy<EventMessage<?>> orderSequence,
            ObjectProvider<SegmentBalancer> balancer,
            @Qualifier(CommandLetters.BEAN) DeadLetters letters,
            @Value("${kontor.orders.segments:1}") int segments,
            @Value("${kontor.orders.batch-size:200}") int batchSize) {
        return configurer -> {
            // From the first event on: includes orders placed before the processor's first start.
            EventProcessor.fromFirstEvent(OrderProcessing.GROUP, tokens, segments, batchSize)
                    .register(configurer.eventProcessing(), balancer, letters);
            configurer.eventProcessing().registerSequencingPolicy(OrderProcessing.GROUP, c -> orderSequence);
        };
    }
}
