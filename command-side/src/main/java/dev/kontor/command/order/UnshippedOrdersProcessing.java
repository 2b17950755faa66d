package dev.kontor.command.order;

import dev.kontor.side.platform.SegmentBalancer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The event processor of the index of unshipped orders. It sends no commands, so it is apart from the one of orders: it does
 * not wait for what that one does, and where it has no place in the log it reads from the beginning, so that a log from
 * before there was this index, and one that came from elsewhere, fill it by themselves.
 */
@Configuration(proxyBeanMethods = false)
class UnshippedOrdersProcessing {

    static final String GROUP = "unshipped-orders";

    private static final int BATCH_SIZE = 200;
    private static final long TOKEN_CLAIM_INTERVAL_MILLIS = 500;

    @Bean
    ConfigurerModule unshippedOrderProcessing(
            EventStore eventStore,
            @Qualifier("commandTokenStore") TokenStore tokenStore,
            ObjectProvider<SegmentBalancer> spread) {
        return configurer -> configurer
                .eventProcessing()
                .registerTokenStore(GROUP, c -> tokenStore)
                .registerListenerInvocationErrorHandler(GROUP, c -> PropagatingErrorHandler.instance())
                .registerErrorHandler(GROUP, c -> PropagatingErrorHandler.instance())
                .registerPooledStreamingEventProcessor(GROUP, c -> eventStore, (configuration, builder) -> {
                    ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
                            Thread.ofPlatform().name(GROUP).factory());
                    configuration.onShutdown(worker::shutdown);
                    spread.ifAvailable(among -> among.over(builder));
                    return builder.workerExecutor(worker)
                            .initialSegmentCount(1)
                            .initialToken(StreamableMessageSource::createTailToken)
                            .tokenClaimInterval(TOKEN_CLAIM_INTERVAL_MILLIS)
                            .batchSize(BATCH_SIZE);
                });
    }
}
