package dev.kontor.side.platform;

import dev.kontor.api.storage.Upcasters;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.event.axon.AxonServerEventStore;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DefaultEventBusSpanFactory;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.serialization.Serializer;
import org.axonframework.tracing.SpanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;

/** The log in Axon Server. Axon's auto-configuration provides the connection and the buses. */
@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
@ConditionalOnBooleanProperty(name = "axon.axonserver.enabled", matchIfMissing = true)
class AxonServerLog {

    @Bean
    @Order(2)
    StartupDependency neededAxonServer(AxonServerConfiguration settings, AxonServerConnectionManager connections) {
        return new StartupDependency(
                "Axon Server at " + settings.getServers(),
                () -> connections.getConnection().isConnected());
    }

    @Bean("eventBus")
    @Qualifier("eventStore")
    EventStore eventStore(
            AxonServerConfiguration settings,
            AxonServerConnectionManager connections,
            Serializer serializer,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            ObjectProvider<SnapshotFilter> snapshotFilter,
            SpanFactory spans) {
        return AxonServerEventStore.builder()
                .configuration(settings)
                .platformConnectionManager(connections)
                .eventSerializer(eventSerializer)
                .snapshotSerializer(serializer)
                .snapshotFilter(snapshotFilter.getIfAvailable(SnapshotFilter::allowAll))
                .upcasterChain(Upcasters.chain())
                // Axon's own passes no trace to the events.
                .spanFactory(
                        DefaultEventBusSpanFactory.builder().spanFactory(spans).build())
                .build();
    }

    /** The bus that handles this process's commands behind Axon Server's. */
    @Bean
    @Qualifier("localSegment")
    CommandBus localSegment(org.axonframework.config.Configuration axon) {
        SimpleCommandBus bus = SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.instance())
                .build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(axon.correlationDataProviders()));
        return new CommandSegment(bus);
    }

    /** Ready while this process is connected to Axon Server. */
    @Bean
    HealthIndicator axonServerHealthIndicator(AxonServerConnectionManager connections) {
        return () -> connections.getConnection().isReady()
                ? Health.up().build()
                : Health.outOfService().build();
    }
}
