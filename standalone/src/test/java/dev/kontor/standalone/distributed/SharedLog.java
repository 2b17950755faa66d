package dev.kontor.standalone.distributed;

import dev.kontor.api.operations.StoredJson;
import dev.kontor.api.operations.StoredTypes;
import dev.kontor.api.operations.Upcasters;
import dev.kontor.command.CommandSide;
import dev.kontor.command.operations.TodaysSnapshots;
import dev.kontor.side.operations.CommandSegment;
import dev.kontor.store.Book;
import dev.kontor.store.BookEventStorageEngine;
import dev.kontor.store.BookEventStore;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.serialization.Serializer;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** One book for all processes of a test, in place of Axon Server. */
final class SharedLog implements AutoCloseable {

    private final Book book;
    private final EventStore log;

    private SharedLog(Book book, EventStore log) {
        this.book = book;
        this.log = log;
    }

    static SharedLog open(Path folder) {
        Book book = Book.open(folder);
        Serializer json = StoredJson.of(StoredTypes.with(CommandSide.STORED));
        EventStore log = BookEventStore.builder()
                .storageEngine(BookEventStorageEngine.builder()
                        .eventSerializer(json)
                        .snapshotSerializer(json)
                        .upcasterChain(Upcasters.chain())
                        .snapshotFilter(new TodaysSnapshots(CommandSide.STORED.values(), json))
                        .book(book)
                        .build())
                .build();
        return new SharedLog(book, log);
    }

    Book book() {
        return book;
    }

    /**
     * Gives the log to a process. Its commands stay within it, and each is handled on a thread of its own: as with Axon Server
     * none joins the unit of work of an event that led to it.
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
        book.close();
    }
}
