package dev.kontor.command.operations;

import dev.kontor.api.operations.StoredJson;
import dev.kontor.api.operations.StoredTypes;
import dev.kontor.api.operations.Upcasters;
import dev.kontor.command.CommandSide;
import dev.kontor.side.operations.CommandSegment;
import dev.kontor.store.Book;
import dev.kontor.store.BookEventStorageEngine;
import dev.kontor.store.BookEventStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
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
    private final Configuration axon;
    /** What another one is made of; null where this is alone. */
    private final Function<Book, LoggedAggregates> another;

    private final List<LoggedAggregates> others = new ArrayList<>();

    public LoggedAggregates(Path folder, Class<?>... aggregateTypes) {
        this(folder, 100, aggregateTypes);
    }

    LoggedAggregates(Path folder, int mostWaitingSnapshots, Class<?>... aggregateTypes) {
        this(Book.open(folder), mostWaitingSnapshots, Clock.systemUTC(), List.of(), List.of(aggregateTypes), null);
    }

    /** @param handlers of commands that concern several aggregates, each made of what is put together here */
    public LoggedAggregates(
            Path folder, Clock clock, List<Function<Configuration, Object>> handlers, List<Class<?>> aggregateTypes) {
        this(Book.open(folder), 100, clock, handlers, aggregateTypes, null);
    }

    /** One of several processes that write to one log, each with a memory of its own. */
    public static LoggedAggregates ofMany(
            Path folder, Clock clock, List<Function<Configuration, Object>> handlers, List<Class<?>> aggregateTypes) {
        return ofMany(Book.open(folder), clock, handlers, aggregateTypes);
    }

    private static LoggedAggregates ofMany(
            Book book, Clock clock, List<Function<Configuration, Object>> handlers, List<Class<?>> aggregateTypes) {
        return new LoggedAggregates(
                book, 100, clock, handlers, aggregateTypes, same -> ofMany(same, clock, handlers, aggregateTypes));
    }

    /** Another process over the same log. It ends with this one. */
    public LoggedAggregates another() {
        LoggedAggregates made = another.apply(book);
        others.add(made);
        return made;
    }

    private LoggedAggregates(
            Book book,
            int mostWaitingSnapshots,
            Clock clock,
            List<Function<Configuration, Object>> handlers,
            List<Class<?>> aggregateTypes,
            Function<Book, LoggedAggregates> another) {
        this.book = book;
        this.another = another;
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
                .configureSnapshotter(c -> new Snapshots(c, worker))
                .registerComponent(
                        CachedAggregates.class,
                        c -> new CachedAggregates(
                                c, new LongHistory(c.snapshotter(), Snapshots.EVENTS), another != null, 100));
        aggregateTypes.forEach(type -> configurer.configureAggregate(configured(type)));
        handlers.forEach(handler -> configurer.registerCommandHandler(handler::apply));
        axon = configurer.start();
        axon.commandBus().registerHandlerInterceptor(new UnknownAggregates());
        if (another != null) {
            axon.commandBus().registerHandlerInterceptor(new CurrentAnswers(store));
        }
    }

    /** With a cache and snapshots where it asks for them, as Spring would have it. */
    private <T> AggregateConfigurer<T> configured(Class<T> type) {
        Aggregate asks = type.getAnnotation(Aggregate.class);
        AggregateConfigurer<T> configured = AggregateConfigurer.defaultConfiguration(type);
        if (!asks.repository().isEmpty()) {
            configured.configureRepository(
                    c -> c.getComponent(CachedAggregates.class).repository(type));
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
        return new Commands(DefaultCommandGateway.builder()
                .commandBus(new CommandSegment(axon.commandBus()))
                .build());
    }

    /** What endpoints send with where some answers are lost on the way. */
    public Commands commands(LostAnswers lost) {
        return new Commands(DefaultCommandGateway.builder()
                .commandBus(lost.over(new CommandSegment(axon.commandBus())))
                .build());
    }

    /** All that happened to this aggregate. */
    public List<Object> eventsOf(Object id) {
        return store.readEvents(id.toString())
                .asStream()
                .<Object>map(DomainEventMessage::getPayload)
                .toList();
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
        axon.getComponent(CachedAggregates.class).forgetAll();
    }

    /** Up to which event the snapshot goes, once all that were asked for are made. */
    Optional<Long> snapshotOf(Object id) throws Exception {
        worker.submit(() -> {}).get();
        return engine.readSnapshot(id.toString()).map(DomainEventMessage::getSequenceNumber);
    }

    @Override
    public void close() {
        others.forEach(LoggedAggregates::end);
        end();
        book.close();
    }

    private void end() {
        axon.shutdown();
        snapshots().close();
    }
}
