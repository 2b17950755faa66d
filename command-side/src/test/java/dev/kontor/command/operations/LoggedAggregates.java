package dev.kontor.command.operations;

import dev.kontor.api.operations.StoredJson;
import dev.kontor.api.operations.StoredTypes;
import dev.kontor.api.operations.Upcasters;
import dev.kontor.command.CommandSide;
import dev.kontor.store.Book;
import dev.kontor.store.BookEventStorageEngine;
import dev.kontor.store.BookEventStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.stereotype.Aggregate;

/** Real aggregates over a real book, put together as they are in one JVM. */
public final class LoggedAggregates implements AutoCloseable {

    private final Book book;
    private final BookEventStorageEngine engine;
    private final BookEventStore store;
    private final ThreadPoolExecutor worker;
    private final AggregateCache cache = new AggregateCache(100);
    private final Configuration axon;

    public LoggedAggregates(Path folder, Class<?>... aggregateTypes) {
        this(folder, 100, aggregateTypes);
    }

    LoggedAggregates(Path folder, int mostWaitingSnapshots, Class<?>... aggregateTypes) {
        this(folder, mostWaitingSnapshots, Clock.systemUTC(), List.of(), List.of(aggregateTypes));
    }

    /** @param handlers of commands that concern several aggregates, each made of what is put together here */
    public LoggedAggregates(
            Path folder, Clock clock, List<Function<Configuration, Object>> handlers, List<Class<?>> aggregateTypes) {
        this(folder, 100, clock, handlers, aggregateTypes);
    }

    private LoggedAggregates(
            Path folder,
            int mostWaitingSnapshots,
            Clock clock,
            List<Function<Configuration, Object>> handlers,
            List<Class<?>> aggregateTypes) {
        book = Book.open(folder);
        engine = engine(book, todaysJson());
        worker = Snapshots.worker(mostWaitingSnapshots);
        store = BookEventStore.builder().engine(engine).build();
        Configurer configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(c -> todaysJson())
                .configureEventSerializer(c -> todaysJson())
                .configureMessageSerializer(c -> todaysJson())
                .configureTransactionManager(c -> NoTransactionManager.instance())
                .configureEventStore(c -> store)
                .registerComponent(Clock.class, c -> clock)
                .configureSnapshotter(c -> new Snapshots(c, worker));
        aggregateTypes.forEach(type -> configurer.configureAggregate(configured(type)));
        handlers.forEach(handler -> configurer.registerCommandHandler(handler::apply));
        axon = configurer.start();
        axon.commandBus().registerHandlerInterceptor(new UnknownAggregates());
    }

    /** With a cache and snapshots where it asks for them, as Spring would have it. */
    private <T> AggregateConfigurer<T> configured(Class<T> type) {
        Aggregate asks = type.getAnnotation(Aggregate.class);
        AggregateConfigurer<T> configured = AggregateConfigurer.defaultConfiguration(type);
        if (!asks.cache().isEmpty()) {
            configured.configureCache(c -> cache);
        }
        if (!asks.snapshotTriggerDefinition().isEmpty()) {
            configured.configureSnapshotTrigger(c -> new LongHistory(c.snapshotter(), Snapshots.EVENTS));
        }
        return configured;
    }

    public static Serializer todaysJson() {
        return json(CommandSide.STORED);
    }

    /** As another version would write: with types of its own beside every event of today. */
    public static Serializer json(Map<String, Class<?>> further) {
        return StoredJson.of(StoredTypes.with(further));
    }

    public static BookEventStorageEngine engine(Book book, Serializer json) {
        return BookEventStorageEngine.builder()
                .book(book)
                .eventSerializer(json)
                .snapshotSerializer(json)
                .upcasterChain(Upcasters.chain())
                .snapshotFilter(new TodaysSnapshots(CommandSide.STORED.values(), todaysJson()))
                .build();
    }

    public Book book() {
        return book;
    }

    public BookEventStorageEngine engine() {
        return engine;
    }

    public BookEventStore store() {
        return store;
    }

    Snapshots snapshots() {
        return (Snapshots) axon.snapshotter();
    }

    ThreadPoolExecutor worker() {
        return worker;
    }

    public <R> R send(Object command) {
        return axon.commandGateway().sendAndWait(command);
    }

    /** What endpoints send with. */
    public Commands commands() {
        return new Commands(axon.commandGateway());
    }

    /** Events of one aggregate, from a sequence number on, as if commands had led to them. */
    public void append(String type, Object id, long first, List<?> events) {
        engine.appendEvents(IntStream.range(0, events.size())
                .<DomainEventMessage<?>>mapToObj(
                        i -> new GenericDomainEventMessage<>(type, id.toString(), first + i, events.get(i)))
                .toList());
    }

    /** From now on every aggregate is read from the log. */
    public void forgetAll() {
        cache.removeAll();
    }

    /** Up to which event the snapshot goes, once all that were asked for are made. */
    Optional<Long> snapshotOf(Object id) throws Exception {
        worker.submit(() -> {}).get();
        return engine.readSnapshot(id.toString()).map(DomainEventMessage::getSequenceNumber);
    }

    @Override
    public void close() {
        axon.shutdown();
        snapshots().close();
        book.close();
    }
}
