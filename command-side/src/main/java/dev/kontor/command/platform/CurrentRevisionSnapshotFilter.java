package dev.kontor.command.platform;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;

/**
 * Lets through the snapshots that this version would write itself: same name, same revision. Any other is as good as
 * none, and its aggregate is read from its events. (Axon's own filter lets through every type it was not told of.)
 */
public final class CurrentRevisionSnapshotFilter implements SnapshotFilter {

    private final Set<SerializedType> written;

    /** @param stored everything that may be in a snapshot */
    public CurrentRevisionSnapshotFilter(Collection<Class<?>> stored, Serializer serializer) {
        this.written = stored.stream().map(serializer::typeForClass).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean test(DomainEventData<?> snapshot) {
        return written.contains(snapshot.getPayload().getType());
    }
}
