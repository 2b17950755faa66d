package dev.kontor.command.platform;

import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** Caches aggregates, and notes for {@link StaleAnswerCheck} which of them a command loads from the cache. */
final class CachedRepository<T> extends CachingEventSourcingRepository<T> {

    private final Cache cache;

    /** @param builder with the same cache */
    CachedRepository(EventSourcingRepository.Builder<T> builder, Cache cache) {
        super(builder);
        this.cache = cache;
    }

    @Override
    protected EventSourcedAggregate<T> doLoadWithLock(String aggregateId, Long expectedVersion) {
        // The lock of this id protects its entry; only eviction may remove it meanwhile.
        boolean isKept = cache.containsKey(aggregateId);
        EventSourcedAggregate<T> aggregate = super.doLoadWithLock(aggregateId, expectedVersion);
        if (isKept) {
            StaleAnswerCheck.note(CurrentUnitOfWork.get(), aggregate, () -> cache.remove(aggregateId));
        }
        return aggregate;
    }
}
