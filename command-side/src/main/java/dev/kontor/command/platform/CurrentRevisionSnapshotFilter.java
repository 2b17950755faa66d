package dev.kontor.command.platform;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;

/**
 * Accepts the snapshots that this version would write itself: same name, same revision. Other snapshots are ignored,
 * and their aggregates are read from their events. (Axon's own filter accepts types it does not know.)
 */
public final class CurrentRevisionSnapshotFilter implements SnapshotFilter {

    private final Set<SerializedType> written;

    /** @param stored all types of snapshots */
    public CurrentRevisionSnapshotFilter(Collection<Class<?>> stored, Serializer serializer) {
        this.written = stored.stream().map(serializer::typeForClass).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean test(DomainEventData<?> snapshot) {
        return written.contains(snapshot.getPayload().getType());
    }
}
