package dev.kontor.command.operations;

import dev.kontor.side.operations.ProcessorPlace;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Tells whether the processor that sends commands is behind: whether it has not yet read what the log held when it was
 * asked the time before. Under steady load it is always a few events short of the head, and that is not lagging.
 */
@Component
public class ProcessingLag {

    private final ProcessorPlace place;
    private final EventStore eventStore;
    private TrackingToken headBefore;

    ProcessingLag(@Lazy EventProcessingConfiguration processing, EventStore eventStore) {
        this.place = new ProcessorPlace(processing, OrderProcessing.GROUP);
        this.eventStore = eventStore;
    }

    public synchronized boolean isBehind() {
        TrackingToken due = headBefore;
        headBefore = eventStore.createHeadToken();
        return due == null || !place.covers(due);
    }
}
