package dev.kontor.command.platform;

import dev.kontor.side.platform.ProcessorPosition;
import dev.kontor.side.platform.SharedTokens;
import java.util.function.Predicate;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Whether the processor that sends commands is behind. It is if it has not yet read an event that was in the log at one
 * of the last {@value #QUESTIONS} calls. Under steady load it is always a few events behind the head, which does not
 * count.
 *
 * <p>If its segments are spread over processes, all of them count, by their stored progress, which is updated every
 * second. A segment without an owner is behind once an event is appended.
 */
@Component
public class ProcessingLag {

    static final int QUESTIONS = 5;

    private static final int FIRST_SEGMENT = 0;

    private final EventProcessingConfiguration processing;
    private final EventStore eventStore;
    private final Predicate<TrackingToken> covers;

    private TrackingToken due;
    private int questions;

    @Autowired
    ProcessingLag(
            @Lazy EventProcessingConfiguration processing, EventStore eventStore, ObjectProvider<SharedTokens> shared) {
        this(processing, eventStore, shared.getIfAvailable());
    }

    /** @param shared null if this process has all segments */
    ProcessingLag(EventProcessingConfiguration processing, EventStore eventStore, SharedTokens shared) {
        this.processing = processing;
        this.eventStore = eventStore;
        this.covers = shared == null
                ? new ProcessorPosition(processing, OrderProcessing.GROUP)::covers
                : token -> shared.cover(OrderProcessing.GROUP, token);
    }

    public synchronized boolean isBehind() {
        questions++;
        boolean behind = due == null || !covers.test(due);
        if (due == null || !behind || questions >= QUESTIONS) {
            due = eventStore.createHeadToken();
            questions = 0;
        }
        return behind;
    }

    /** Whether all segments of the processor have read up to this token, and none of them is in error. */
    public boolean hasRead(TrackingToken token) {
        return covers.test(token);
    }

    /** Whether this process has the first segment: of all instances, it does the work that is needed once. */
    public boolean hasFirstSegment() {
        return processing
                .eventProcessor(OrderProcessing.GROUP, StreamingEventProcessor.class)
                .filter(processor -> processor.processingStatus().containsKey(FIRST_SEGMENT))
                .isPresent();
    }
}
