package dev.kontor.command.platform;

import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** Keeps aggregates in memory, and notes of each that it takes from there which version a command is judged by. */
final class CachedRepository<T> extends CachingEventSourcingRepository<T> {

    private final Cache cache;

    /** @param builder has the same cache */
    CachedRepository(EventSourcingRepository.Builder<T> builder, Cache cache) {
        super(builder);
        this.cache = cache;
    }

    @Override
    protected EventSourcedAggregate<T> doLoadWithLock(String aggregateId, Long expectedVersion) {
        // Whoever has the lock of this id is alone with its entry; it may only be dropped to make room.
        boolean isKept = cache.containsKey(aggregateId);
        EventSourcedAggregate<T> aggregate = super.doLoadWithLock(aggregateId, expectedVersion);
        if (isKept) {
            StaleAnswerCheck.note(CurrentUnitOfWork.get(), aggregate, () -> cache.remove(aggregateId));
        }
        return aggregate;
    }
}
