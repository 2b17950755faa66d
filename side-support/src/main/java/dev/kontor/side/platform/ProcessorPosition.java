package dev.kontor.side.platform;

import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;

/** The position in the log of one of this process's event processors. */
public record ProcessorPosition(EventProcessingConfiguration processing, String group) {

    /** Whether all of its segments have read up to this token, and none of them is in error. */
    public boolean covers(TrackingToken due) {
        StreamingEventProcessor processor = processing
                .eventProcessor(group, StreamingEventProcessor.class)
                .orElseThrow(() -> new IllegalStateException("No processor has the name " + group));
        var segments = processor.processingStatus().values();
        return !segments.isEmpty()
                && segments.stream().allMatch(segment -> !segment.isErrorState() && covers(segment, due));
    }

    private static boolean covers(EventTrackerStatus segment, TrackingToken due) {
        return segment.getTrackingToken() != null && segment.getTrackingToken().covers(due);
    }
}
