package dev.kontor.side.platform;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import io.opentelemetry.api.OpenTelemetry;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.serialization.Serializer;
import org.axonframework.tracing.SpanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;

/** How messages between processes are serialized. Explicit, so that Axon does not use its defaults. */
@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
class DistributedMessages {

    /** @param types named types that this side stores beside events */
    @Bean
    @Primary
    Serializer serializer(StoredTypes types) {
        return StoredJson.of(types);
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer(StoredTypes types) {
        return StoredJson.ofEvents(types);
    }

    @Bean
    @Qualifier("messageSerializer")
    Serializer messageSerializer(Serializer serializer) {
        return serializer;
    }

    /**
     * Writes to MongoDB use no transactions: related data is in one document, or written in an order that may break
     * off.
     */
    @Bean
    TransactionManager axonTransactionManager() {
        return NoTransactionManager.instance();
    }

    @Bean
    SpanFactory spanFactory(ObjectProvider<OpenTelemetry> telemetry) {
        return MessageSpans.of(telemetry.getIfAvailable());
    }
}
