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
 * Tells whether the processor that sends commands is behind: whether it has not yet read what the log held one of the last
 * {@value #QUESTIONS} times it was asked. Under steady load it is always a few events short of the head, and that is not lagging.
 *
 * <p>Where its segments are spread over processes all of them count, whoever has them, by what is stored of their progress,
 * which is every second; so one that is with nobody is behind as soon as anything is written.
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

    /** @param shared null where this process has all segments */
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

    /** Whether this process has the first segment: of many, it is the one that does what needs to be done once. */
    public boolean hasFirstSegment() {
        return processing
                .eventProcessor(OrderProcessing.GROUP, StreamingEventProcessor.class)
                .filter(processor -> processor.processingStatus().containsKey(FIRST_SEGMENT))
                .isPresent();
    }
}
