package dev.kontor.standalone.platform;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.api.storage.Upcasters;
import dev.kontor.command.CommandSide;
import dev.kontor.command.platform.CommandLetters;
import dev.kontor.command.platform.CurrentRevisionSnapshotFilter;
import dev.kontor.grpc.platform.SettingsFilter;
import dev.kontor.grpc.platform.StartException;
import dev.kontor.query.SearchFolder;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.side.platform.JoinedLetters;
import dev.kontor.side.platform.LetterStore;
import dev.kontor.side.platform.MessageSpans;
import dev.kontor.side.platform.PausedProcessors;
import dev.kontor.store.EmbeddedEventStorageEngine;
import dev.kontor.store.EmbeddedEventStore;
import dev.kontor.store.EmbeddedSagaStore;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.EmbeddedTokenStore;
import dev.kontor.store.StoreListener;
import dev.kontor.store.StoreSettings;
import dev.kontor.store.Vault;
import dev.kontor.store.documents.DocumentStore;
import dev.kontor.store.documents.ViewFiles;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DefaultEventBusSpanFactory;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.tracing.SpanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.unit.DataSize;

/** Configures the stores of the standalone process, all explicitly, because Axon silently falls back to memory. */
@Configuration(proxyBeanMethods = false)
class EmbeddedStores {

    @Bean
    DataFolder dataFolder(ConfigurableEnvironment settings) throws IOException {
        // Parsed as the tools do, which do not know Spring's placeholders.
        DataFolder folder =
                DataFolder.at(SettingsFilter.asGiven(settings, "kontor.data").orElse(""));
        folder.refuseEarlierVersion();
        folder.create();
        if (Files.exists(folder.restoring())) {
            throw new StartException("The restore into %s was not finished. Run it again".formatted(folder.root()));
        }
        return folder;
    }

    @Bean
    EmbeddedStore embeddedStore(
            DataFolder data, @Value("${kontor.log.reserve}") DataSize reserve, ObjectProvider<StoreListener> watchers) {
        if (reserve.isNegative()) {
            throw new StartException("kontor.log.reserve is %s; it must not be negative".formatted(reserve));
        }
        return EmbeddedStore.open(
                data.log(),
                StoreListener.all(watchers.orderedStream().toList()),
                StoreSettings.DEFAULT.withReserveBytes(reserve.toBytes()));
    }

    @Bean
    Vault vault(DataFolder data) {
        return Vault.open(data.keys());
    }

    @Bean
    @Primary
    Serializer serializer() {
        return StoredJson.of(StoredTypes.with(CommandSide.STORED));
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer() {
        return StoredJson.ofEvents(StoredTypes.with(CommandSide.STORED));
    }

    @Bean
    @Qualifier("messageSerializer")
    Serializer messageSerializer(Serializer serializer) {
        return serializer;
    }

    @Bean
    EventStorageEngine eventStorageEngine(
            EmbeddedStore store, Serializer serializer, @Qualifier("eventSerializer") Serializer eventSerializer) {
        return EmbeddedEventStorageEngine.builder()
                .eventSerializer(eventSerializer)
                .snapshotSerializer(serializer)
                .upcasterChain(Upcasters.chain())
                .snapshotFilter(new CurrentRevisionSnapshotFilter(CommandSide.STORED.values(), serializer))
                .store(store)
                .build();
    }

    @Bean("eventBus")
    @Qualifier("eventStore")
    EventStore eventStore(EventStorageEngine engine, SpanFactory spans) {
        return EmbeddedEventStore.builder()
                .storageEngine(engine)
                .spanFactory(
                        DefaultEventBusSpanFactory.builder().spanFactory(spans).build())
                .build();
    }

    @Bean
    TokenStore commandTokenStore(EmbeddedStore store, Serializer serializer) {
        return new EmbeddedTokenStore(store, serializer);
    }

    @Bean(CommandLetters.STORE)
    LetterStore commandLetterStore(EmbeddedStore store) {
        return new JoinedLetters(new LetterColumn(store));
    }

    @Bean
    PausedProcessors pausedProcessors(EmbeddedStore store) {
        return new PausedColumn(store);
    }

    @Bean
    SagaStore<Object> sagaStore(EmbeddedStore store, Serializer serializer) {
        return new EmbeddedSagaStore(store, serializer);
    }

    @Bean
    TransactionManager axonTransactionManager() {
        return NoTransactionManager.instance();
    }

    @Bean
    SpanFactory spanFactory(ObjectProvider<OpenTelemetry> telemetry) {
        return MessageSpans.of(telemetry.getIfAvailable());
    }

    @Bean
    ViewFiles viewFiles(DataFolder data, EmbeddedStore store) {
        return ViewFiles.open(data.views(), store);
    }

    @Bean
    SearchFolder searchFolder(DataFolder data) {
        return new SearchFolder(data.search());
    }

    @Bean
    ViewStore viewStore(ViewFiles files, Serializer serializer) {
        return new EmbeddedViewStore(new DocumentStore(files, serializer));
    }
}
