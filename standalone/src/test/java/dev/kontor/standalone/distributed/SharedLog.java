package dev.kontor.standalone.distributed;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.api.storage.Upcasters;
import dev.kontor.command.CommandSide;
import dev.kontor.command.platform.CurrentRevisionSnapshotFilter;
import dev.kontor.side.platform.CommandSegment;
import dev.kontor.store.EmbeddedEventStorageEngine;
import dev.kontor.store.EmbeddedEventStore;
import dev.kontor.store.EmbeddedStore;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.serialization.Serializer;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** One event store for all processes of a test, in place of Axon Server. */
final class SharedLog implements AutoCloseable {

    private final EmbeddedStore store;
    private final EventStore log;

    private SharedLog(EmbeddedStore store, EventStore log) {
        this.store = store;
        this.log = log;
    }

    static SharedLog open(Path folder) {
        EmbeddedStore store = EmbeddedStore.open(folder);
        Serializer json = StoredJson.of(StoredTypes.with(CommandSide.STORED));
        EventStore log = EmbeddedEventStore.builder()
                .storageEngine(EmbeddedEventStorageEngine.builder()
                        .eventSerializer(json)
                        .snapshotSerializer(json)
                        .upcasterChain(Upcasters.chain())
                        .snapshotFilter(new CurrentRevisionSnapshotFilter(CommandSide.STORED.values(), json))
                        .store(store)
                        .build())
                .build();
        return new SharedLog(store, log);
    }

    EmbeddedStore store() {
        return store;
    }

    /**
     * Gives the log to a process. Its commands stay within it, and each is handled on its own thread: as with Axon
     * Server, none joins the unit of work of its event.
     */
    ApplicationContextInitializer<GenericApplicationContext> forProcess() {
        return context -> {
            context.registerBean("eventBus", EventStore.class, () -> log);
            context.registerBean(
                    "commandBus",
                    CommandBus.class,
                    () -> {
                        AsynchronousCommandBus bus = AsynchronousCommandBus.builder()
                                .executor(Executors.newVirtualThreadPerTaskExecutor())
                                .build();
                        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(
                                context.getBean(org.axonframework.config.Configuration.class)
                                        .correlationDataProviders()));
                        return new CommandSegment(bus);
                    },
                    definition -> definition.setPrimary(true));
        };
    }

    @Override
    public void close() {
        store.close();
    }
}
