package dev.kontor.command.customer;

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
 * The event processor of closed accounts: apart from the one of orders, because destroying a key takes as long as the key
 * ring is large. Its commands are sent apart from its own unit of work, one by one: it holds no lock while it waits for
 * another, so it cannot block the orders.
 */
@Configuration(proxyBeanMethods = false)
class ClosedAccountProcessing {

    static final String GROUP = "closed-accounts";

    private static final int BATCH_SIZE = 200;
    private static final long TOKEN_CLAIM_INTERVAL_MILLIS = 500;

    @Bean
    ConfigurerModule closedAccounts(
            EventStore eventStore,
            @Qualifier("commandTokenStore") TokenStore tokenStore,
            ObjectProvider<SegmentBalancer> spread) {
        return configurer -> configurer
                .eventProcessing()
                .registerTokenStore(GROUP, c -> tokenStore)
                // Propagating twice: an erasure is tried again until it is done, never skipped.
                .registerListenerInvocationErrorHandler(GROUP, c -> PropagatingErrorHandler.instance())
                .registerErrorHandler(GROUP, c -> PropagatingErrorHandler.instance())
                .registerPooledStreamingEventProcessor(GROUP, c -> eventStore, (configuration, builder) -> {
                    ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
                            Thread.ofPlatform().name(GROUP).factory());
                    configuration.onShutdown(worker::shutdown);
                    spread.ifAvailable(among -> among.over(builder));
                    return builder.workerExecutor(worker)
                            // One everywhere: what is listed and whose account is closed are different aggregates.
                            .initialSegmentCount(1)
                            // From the log's beginning: who sells what was listed long ago.
                            .initialToken(StreamableMessageSource::createTailToken)
                            .tokenClaimInterval(TOKEN_CLAIM_INTERVAL_MILLIS)
                            .batchSize(BATCH_SIZE);
                });
    }
}
