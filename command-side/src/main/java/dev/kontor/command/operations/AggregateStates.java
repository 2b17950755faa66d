package dev.kontor.command.operations;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.side.operations.LoggedEvents;
import dev.kontor.side.operations.MaskedJson;
import io.grpc.Context;
import java.lang.reflect.Constructor;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.axonframework.config.AggregateConfiguration;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Replays the events of an aggregate, without snapshots and caches, up to one of them. */
@Component
class AggregateStates {

    /** Replays at a time: a long history takes seconds. */
    static final int MOST = 2;

    private final EventStore log;
    private final Supplier<Configuration> axon;
    private final Semaphore turns = new Semaphore(MOST);
    private final Map<String, Class<?>> types = new ConcurrentHashMap<>();

    @Autowired
    AggregateStates(EventStore log, ObjectProvider<Configuration> axon) {
        this(log, axon::getObject);
    }

    AggregateStates(EventStore log, Supplier<Configuration> axon) {
        this.log = log;
        this.axon = axon;
    }

    /**
     * The state of an aggregate.
     *
     * @param last the last event that counts
     * @param fields as JSON, with personal data masked
     */
    record State(DomainEventMessage<?> last, ObjectNode fields) {}

    /**
     * After the event with this sequence number; empty if there is none.
     *
     * @throws RefusedException if this version does not know the type of one of the events, also from the other methods
     */
    Optional<State> inVersion(String aggregateId, long version) {
        return replay(aggregateId, event -> event.getSequenceNumber() <= version)
                .filter(state -> state.last().getSequenceNumber() == version);
    }

    /** At a time, to the microsecond, as times are shown; empty if the aggregate did not exist then. */
    Optional<State> at(String aggregateId, Instant time) {
        long micros = LoggedEvents.microsOf(time);
        return replay(aggregateId, event -> LoggedEvents.microsOf(event.getTimestamp()) <= micros);
    }

    Optional<State> newest(String aggregateId) {
        return replay(aggregateId, event -> true);
    }

    private Optional<State> replay(String aggregateId, Predicate<DomainEventMessage<?>> counts) {
        if (!turns.tryAcquire()) {
            throw new RefusedException(Problem.OVERLOADED, "Too many replays are running: try again in a moment");
        }
        try {
            DomainEventStream events = log.readEvents(aggregateId, 0);
            if (!events.hasNext() || !counts.test(events.peek())) {
                return Optional.empty();
            }
            LoggedEvents.refuseUnknown(events.peek());
            return Optional.of(replay(typeOf(events.peek().getType()), events, counts));
        } finally {
            turns.release();
        }
    }

    private <T> State replay(Class<T> type, DomainEventStream events, Predicate<DomainEventMessage<?>> counts) {
        AggregateModel<T> model = modelOf(type);
        T aggregate = create(type);
        DomainEventMessage<?> last = null;
        while (events.hasNext() && counts.test(events.peek())) {
            if (Context.current().isCancelled()) {
                throw new RefusedException(Problem.DEADLINE_EXCEEDED, Problem.DEADLINE_EXCEEDED.title());
            }
            last = events.next();
            LoggedEvents.refuseUnknown(last);
            model.publish(last, aggregate);
        }
        return new State(last, MaskedJson.of(aggregate));
    }

    /** Handlers have parameters that are beans, which only the resolvers of the configuration know. */
    private <T> AggregateModel<T> modelOf(Class<T> type) {
        Configuration configuration = axon.get();
        return new AnnotatedAggregateMetaModelFactory(
                        configuration.parameterResolverFactory(), configuration.handlerDefinition(type))
                .createModel(type);
    }

    private static <T> T create(Class<T> type) {
        try {
            Constructor<T> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("An aggregate has no constructor without parameters: " + type, e);
        }
    }

    private Class<?> typeOf(String name) {
        return types.computeIfAbsent(name, this::find);
    }

    private Class<?> find(String name) {
        for (AggregateConfiguration<?> module : axon.get().findModules(AggregateConfiguration.class)) {
            if (module.aggregateType().getSimpleName().equals(name)) {
                return module.aggregateType();
            }
        }
        throw new IllegalStateException("No aggregate is called " + name);
    }
}
