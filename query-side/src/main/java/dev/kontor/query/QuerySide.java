package dev.kontor.query;

import dev.kontor.query.platform.BatchTokenStore;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.query.platform.ViewWriter;
import dev.kontor.query.platform.Views;
import dev.kontor.side.platform.SegmentBalancer;
import dev.kontor.side.platform.StorePreparation;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Brings the query side into an application: projections, query handlers and gRPC endpoints.
 *
 * <p>Expects as beans Axon's {@code EventStore}, a {@code ViewStore}, {@code PersonalData}, and the gRPC server with
 * its interceptors.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@ComponentScan
@EnableConfigurationProperties({ViewSettings.class, SearchSettings.class})
public class QuerySide {

    private static final int BATCH_SIZE = 200;
    /** A segment that was let go after a failure is looked for this often, so that a hiccup stays a hiccup. */
    private static final long CLAIM_INTERVAL_MILLIS = 500;
    /** How far a view has come through events that mean nothing to it is stored this often: a restart skips them. */
    private static final long STORE_PROGRESS_MILLIS = 1_000;

    /**
     * One processor a view. Registered by hand: what auto-configuration would choose (token store, transactions,
     * segments, what happens to a failing event) must not depend on what else is on the class path.
     */
    @Bean
    ConfigurerModule viewProcessors(
            Views views,
            ViewStore store,
            ViewWriter writer,
            ViewSettings settings,
            ObjectProvider<SegmentBalancer> spread) {
        TokenStore tokens = new BatchTokenStore(store.tokens(), writer);
        return configurer -> configurer.eventProcessing(processing -> {
            for (View view : views.all()) {
                register(processing, view.name(), settings.segments(), tokens, spread);
            }
        });
    }

    /** Before anything looks for a document, or for how far a view is. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    StorePreparation viewsAreDeclared(ViewStore store, Views views) {
        return () -> store.declare(views.all());
    }

    private static void register(
            EventProcessingConfigurer processing,
            String name,
            int segments,
            TokenStore tokens,
            ObjectProvider<SegmentBalancer> spread) {
        processing
                .registerTokenStore(name, configuration -> tokens)
                .registerTransactionManager(name, configuration -> NoTransactionManager.instance())
                // Propagating twice: out of the handler, and out of the batch. A failing event is tried again, never
                // skipped.
                .registerListenerInvocationErrorHandler(name, configuration -> PropagatingErrorHandler.instance())
                .registerErrorHandler(name, configuration -> PropagatingErrorHandler.instance())
                .registerPooledStreamingEventProcessor(name, Configuration::eventStore, (configuration, builder) -> {
                    spread.ifAvailable(among -> among.over(builder));
                    return settle(configuration, builder, name, segments);
                });
    }

    private static PooledStreamingEventProcessor.Builder settle(
            Configuration configuration, PooledStreamingEventProcessor.Builder builder, String name, int segments) {
        ScheduledExecutorService workers =
                Executors.newScheduledThreadPool(segments, new AxonThreadFactory("view-" + name));
        configuration.onShutdown(workers::shutdown);
        return builder.initialToken(StreamableMessageSource<TrackedEventMessage<?>>::createTailToken)
                .initialSegmentCount(segments)
                .batchSize(BATCH_SIZE)
                .tokenClaimInterval(CLAIM_INTERVAL_MILLIS)
                .claimExtensionThreshold(STORE_PROGRESS_MILLIS)
                .workerExecutor(workers);
    }
}
