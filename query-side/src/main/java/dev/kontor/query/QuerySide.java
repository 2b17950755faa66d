package dev.kontor.query;

import dev.kontor.api.storage.Upcasters;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewContents;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.query.platform.Views;
import dev.kontor.query.platform.WatchSettings;
import dev.kontor.side.platform.DeadLetters;
import dev.kontor.side.platform.EventProcessor;
import dev.kontor.side.platform.FailureTranslation;
import dev.kontor.side.platform.SegmentBalancer;
import dev.kontor.side.platform.StorePreparation;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Configures the query side in an application: projections, readers and gRPC endpoints.
 *
 * <p>Expects as beans Axon's {@code EventStore}, a {@code ViewStore}, {@code PersonalData}, {@code ProcessorPauses}, the
 * {@code TokenVerifier} of the side, and the gRPC server with its interceptors.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@ComponentScan
@EnableConfigurationProperties({ViewSettings.class, SearchSettings.class, WatchSettings.class})
public class QuerySide {

    /** A view that is behind writes a document once for all of its events in a batch. */
    public static final int BATCH_SIZE = 1_000;

    /** The name of the bean with the dead letters of the views. */
    public static final String LETTERS = "viewLetters";

    /** One event processor for each view. */
    @Bean
    ConfigurerModule viewProcessors(
            Views views,
            ViewContents contents,
            ViewSettings settings,
            ObjectProvider<SegmentBalancer> balancer,
            @Qualifier(LETTERS) DeadLetters letters) {
        return configurer -> {
            for (View view : views.stored()) {
                EventProcessor.fromFirstEvent(view.name(), contents.tokens(view), settings.segments(), BATCH_SIZE)
                        .register(configurer.eventProcessing(), balancer, letters);
            }
            for (View view : views.local()) {
                EventProcessor.fromFirstEvent(view.name(), contents.tokens(view), 1, BATCH_SIZE)
                        .register(configurer.eventProcessing(), letters);
            }
        };
    }

    /** The dead letters of the views. */
    @Bean(LETTERS)
    DeadLetters viewLetters(
            ViewContents contents, Serializer serializer, ObjectProvider<FailureTranslation> translations) {
        return new DeadLetters(
                contents.letters(),
                serializer,
                Upcasters.chain(),
                translations.orderedStream().toList());
    }

    /** Runs before any read of documents or tokens. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    StorePreparation viewsAreDeclared(ViewStore store, Views views) {
        return () -> store.declare(views.stored());
    }
}
