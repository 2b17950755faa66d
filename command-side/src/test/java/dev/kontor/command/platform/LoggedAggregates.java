package dev.kontor.command.platform;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.api.storage.Upcasters;
import dev.kontor.command.CommandSide;
import dev.kontor.side.platform.CommandSegment;
import dev.kontor.store.EmbeddedEventStorageEngine;
import dev.kontor.store.EmbeddedEventStore;
import dev.kontor.store.EmbeddedStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.stereotype.Aggregate;

/** Real aggregates with a real event store, assembled as in the standalone process. */
public final class LoggedAggregates implements AutoCloseable {

    private final EmbeddedStore store;
    private final EmbeddedEventStorageEngine engine;
    private final EmbeddedEventStore eventStore;
    private final ThreadPoolExecutor worker;
    private final Configuration axon;
    /** The parts for a further process; null if there is only this one. */
    private final Function<EmbeddedStore, LoggedAggregates> another;

    private final List<LoggedAggregates> others = new ArrayList<>();

    public LoggedAggregates(Path folder, Class<?>... aggregateTypes) {
        this(folder, 100, aggregateTypes);
    }

    LoggedAggregates(Path folder, int mostWaitingSnapshots, Class<?>... aggregateTypes) {
        this(
                EmbeddedStore.open(folder),
                mostWaitingSnapshots,
                Clock.systemUTC(),
                List.of(),
                List.of(aggregateTypes),
                null);
    }

    /** @param handlers of commands that concern several aggregates, each built from these parts */
    public LoggedAggregates(
            Path folder, Clock clock, List<Function<Configuration, Object>> handlers, List<Class<?>> aggregateTypes) {
        this(EmbeddedStore.open(folder), 100, clock, handlers, aggregateTypes, null);
    }

    /** One of several processes that write to one log, each with its own cache. */
    public static LoggedAggregates ofMany(
            Path folder, Clock clock, List<Function<Configuration, Object>> handlers, List<Class<?>> aggregateTypes) {
        return ofMany(EmbeddedStore.open(folder), clock, handlers, aggregateTypes);
    }

    private static LoggedAggregates ofMany(
            EmbeddedStore store,
            Clock clock,
            List<Function<Configuration, Object>> handlers,
            List<Class<?>> aggregateTypes) {
        return new LoggedAggregates(
                store, 100, clock, handlers, aggregateTypes, same -> ofMany(same, clock, handlers, aggregateTypes));
    }

    /** Another process with the same log, closed together with this one. */
    public LoggedAggregates another() {
        LoggedAggregates made = another.apply(store);
        others.add(made);
        return made;
    }

    private LoggedAggregates(
            EmbeddedStore store,
            int mostWaitingSnapshots,
            Clock clock,
            List<Function<Configuration, Object>> handlers,
            List<Class<?>> aggregateTypes,
            Function<EmbeddedStore, LoggedAggregates> another) {
        this.store = store;
        this.another = another;
        engine = engine(store, todaysJson());
        worker = Snapshots.worker(mostWaitingSnapshots);
        eventStore = EmbeddedEventStore.builder().engine(engine).build();
        Configurer configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(c -> todaysJson())
                .configureEventSerializer(c -> todaysJson())
                .configureMessageSerializer(c -> todaysJson())
                .configureTransactionManager(c -> NoTransactionManager.instance())
                .configureEventStore(c -> eventStore)
                .registerComponent(Clock.class, c -> clock)
                .configureSnapshotter(c -> new Snapshots(c, worker))
                .registerComponent(
                        CachedAggregates.class,
                        c -> new CachedAggregates(
                                c, new HistoryLengthTrigger(c.snapshotter(), Snapshots.EVENTS), another != null, 100));
        aggregateTypes.forEach(type -> configurer.configureAggregate(configured(type)));
        handlers.forEach(handler -> configurer.registerCommandHandler(handler::apply));
        axon = configurer.start();
        axon.commandBus().registerHandlerInterceptor(new UnknownAggregates());
        if (another != null) {
            axon.commandBus().registerHandlerInterceptor(new StaleAnswerCheck(eventStore));
        }
    }

    /** With cache and snapshots for aggregates that request them, as in Spring. */
    private <T> AggregateConfigurer<T> configured(Class<T> type) {
        Aggregate asks = type.getAnnotation(Aggregate.class);
        AggregateConfigurer<T> configured = AggregateConfigurer.defaultConfiguration(type);
        if (!asks.repository().isEmpty()) {
            configured.configureRepository(
                    c -> c.getComponent(CachedAggregates.class).repository(type));
        }
        if (!asks.snapshotTriggerDefinition().isEmpty()) {
            configured.configureSnapshotTrigger(c -> new HistoryLengthTrigger(c.snapshotter(), Snapshots.EVENTS));
        }
        return configured;
    }

    public static Serializer todaysJson() {
        return json(CommandSide.STORED);
    }

    /** Like another version: with further types beside today's events. */
    public static Serializer json(Map<String, Class<?>> further) {
        return StoredJson.of(StoredTypes.with(further));
    }

    public static EmbeddedEventStorageEngine engine(EmbeddedStore store, Serializer json) {
        return EmbeddedEventStorageEngine.builder()
                .store(store)
                .eventSerializer(json)
                .snapshotSerializer(json)
                .upcasterChain(Upcasters.chain())
                .snapshotFilter(new CurrentRevisionSnapshotFilter(CommandSide.STORED.values(), todaysJson()))
                .build();
    }

    /** Adds an interceptor of commands behind those of every process. */
    public void intercept(Function<Configuration, MessageHandlerInterceptor<CommandMessage<?>>> interceptor) {
        axon.commandBus().registerHandlerInterceptor(interceptor.apply(axon));
    }

    public EmbeddedStore store() {
        return store;
    }

    public EmbeddedEventStorageEngine engine() {
        return engine;
    }

    public Configuration configuration() {
        return axon;
    }

    public EmbeddedEventStore eventStore() {
        return eventStore;
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

    /** The client side of commands. */
    public Commands commands() {
        return new Commands(DefaultCommandGateway.builder()
                .commandBus(new CommandSegment(axon.commandBus()))
                .build());
    }

    /** The client side of commands, with some answers lost. */
    public Commands commands(LostAnswers lost) {
        return new Commands(DefaultCommandGateway.builder()
                .commandBus(lost.over(new CommandSegment(axon.commandBus())))
                .build());
    }

    /** All events of this aggregate. */
    public List<Object> eventsOf(Object id) {
        return eventStore
                .readEvents(id.toString())
                .asStream()
                .<Object>map(DomainEventMessage::getPayload)
                .toList();
    }

    /** Appends events of one aggregate, from this sequence number on. */
    public void append(String type, Object id, long first, List<?> events) {
        engine.appendEvents(IntStream.range(0, events.size())
                .<DomainEventMessage<?>>mapToObj(
                        i -> new GenericDomainEventMessage<>(type, id.toString(), first + i, events.get(i)))
                .toList());
    }

    /** Empties the cache. */
    public void forgetAll() {
        axon.getComponent(CachedAggregates.class).forgetAll();
    }

    /** The sequence number of the snapshot, once all requested ones are made. */
    Optional<Long> snapshotOf(Object id) throws Exception {
        worker.submit(() -> {}).get();
        return engine.readSnapshot(id.toString()).map(DomainEventMessage::getSequenceNumber);
    }

    @Override
    public void close() {
        others.forEach(LoggedAggregates::end);
        end();
        store.close();
    }

    private void end() {
        axon.shutdown();
        snapshots().close();
    }
}
