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
 * Creates the repositories of cached aggregates. An aggregate names its repository here to be cached: there is no other
 * cache, so {@link StaleAnswerCheck} covers all cached aggregates.
 */
public final class CachedAggregates {

    private final Configuration axon;
    private final SnapshotTriggerDefinition snapshots;
    private final boolean othersWrite;
    private final AggregateCache cache;

    /**
     * @param snapshots the trigger of aggregates that name {@link Snapshots#TRIGGER}
     * @param othersWrite whether other processes write to the same log
     * @param mostEntries the maximum of cached aggregates of all types
     */
    CachedAggregates(Configuration axon, SnapshotTriggerDefinition snapshots, boolean othersWrite, long mostEntries) {
        this.axon = axon;
        this.snapshots = snapshots;
        this.othersWrite = othersWrite;
        this.cache = new AggregateCache(mostEntries);
    }

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

    /** Empties the cache: every aggregate is read from the log. */
    void forgetAll() {
        cache.removeAll();
    }
}
