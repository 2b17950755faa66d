package dev.kontor.gateway.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.proto.operations.EventProcessor;
import dev.kontor.proto.operations.ProcessorFailure;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * An event processor and its position in the log.
 *
 * @param state PAUSING: its last batch is handled
 * @param position number of events that its slowest segment has read from the log
 * @param head number of events in the log
 * @param delayMillis how long the oldest event that it has not read waits
 * @param stallMillis how long it has not moved although events wait
 * @param late whether the delay is over the budget
 * @param stalled whether the stall is over the budget
 * @param eventsPerSecond over the last ten seconds
 * @param lastFailure of a batch, in the instance that answers; absent if there was none since its start
 */
@Schema(name = "EventProcessor")
record ProcessorJson(
        String name,

        @Schema(allowableValues = {"RUNNING", "PAUSING", "PAUSED"})
        String state,

        boolean pausable,
        boolean resettable,
        long position,
        long head,
        long lag,
        long delayMillis,
        long stallMillis,
        boolean late,
        boolean stalled,
        long budgetMillis,
        long eventsPerSecond,
        List<SegmentJson> segments,
        @JsonInclude(JsonInclude.Include.NON_NULL) FailureJson lastFailure) {

    /** @param owner the instance that handles it; absent if none does */
    @Schema(name = "ProcessorSegment")
    record SegmentJson(
            int segment,
            @JsonInclude(JsonInclude.Include.NON_NULL) String owner,
            long position) {}

    /** @param text the exception and the first place in Kontor's own code */
    @Schema(name = "ProcessorFailure")
    record FailureJson(Instant at, String text) {

        static FailureJson of(ProcessorFailure failure) {
            return new FailureJson(LogTimes.of(failure.getTimeMicros()), failure.getText());
        }
    }

    static ProcessorJson of(EventProcessor processor) {
        return new ProcessorJson(
                processor.getName(),
                processor.getState().name(),
                processor.getPausable(),
                processor.getResettable(),
                processor.getPosition(),
                processor.getHead(),
                processor.getLag(),
                processor.getDelayMillis(),
                processor.getStallMillis(),
                processor.getLate(),
                processor.getStalled(),
                processor.getBudgetMillis(),
                processor.getEventsPerSecond(),
                processor.getSegmentsList().stream()
                        .map(segment -> new SegmentJson(
                                segment.getSegment(),
                                segment.getOwner().isEmpty() ? null : segment.getOwner(),
                                segment.getPosition()))
                        .toList(),
                processor.hasLastFailure() ? FailureJson.of(processor.getLastFailure()) : null);
    }
}
