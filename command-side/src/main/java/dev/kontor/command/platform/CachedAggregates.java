package dev.kontor.command.platform;

import org.axonframework.common.caching.Cache;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.RepositorySpanFactory;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * The aggregates that are kept in memory between commands. An aggregate asks for it by the name of its repository, which is
 * made here: there is no other cache, so none can be passed by {@link StaleAnswerCheck}.
 */
public final class CachedAggregates {

    private final Configuration axon;
    private final SnapshotTriggerDefinition snapshots;
    private final boolean othersWrite;
    private final AggregateCache cache;

    /**
     * @param snapshots asked by those that name {@link Snapshots#TRIGGER}
     * @param othersWrite whether other processes write to the same log
     * @param mostEntries aggregates of all types that are kept
     */
    CachedAggregates(Configuration axon, SnapshotTriggerDefinition snapshots, boolean othersWrite, long mostEntries) {
        this.axon = axon;
        this.snapshots = snapshots;
        this.othersWrite = othersWrite;
        this.cache = new AggregateCache(mostEntries);
    }

    /** The one repository of this type. */
    public <T> Repository<T> repository(Class<T> type) {
        Cache ofType = cache.of(type);
        EventSourcingRepository.Builder<T> builder = EventSourcingRepository.builder(type)
                .parameterResolverFactory(axon.parameterResolverFactory())
                .handlerDefinition(axon.handlerDefinition(type))
                .eventStore(axon.eventStore())
                .snapshotTriggerDefinition(triggerOf(type))
                .repositoryProvider(axon::repository)
                .spanFactory(axon.getComponent(RepositorySpanFactory.class))
                .cache(ofType);
        return othersWrite ? new CachedRepository<>(builder, ofType) : builder.build();
    }

    private SnapshotTriggerDefinition triggerOf(Class<?> type) {
        return type.getAnnotation(Aggregate.class).snapshotTriggerDefinition().isEmpty()
                ? NoSnapshotTriggerDefinition.INSTANCE
                : snapshots;
    }

    /** From now on every aggregate is read from the log. */
    void forgetAll() {
        cache.removeAll();
    }
}
