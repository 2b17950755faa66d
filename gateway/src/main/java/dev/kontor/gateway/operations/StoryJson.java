package dev.kontor.gateway.operations;

import dev.kontor.proto.operations.Story;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * What happened.
 *
 * @param steps in the order of the log
 * @param complete false if a bound left something out
 */
@Schema(name = "Story")
record StoryJson(List<StepJson> steps, boolean complete) {

    /**
     * An event.
     *
     * @param afterMicros microseconds since the first event of its request in the story
     */
    @Schema(name = "StoryStep")
    record StepJson(
            @Schema(allowableValues = {"CHANGE", "SAGA", "DECISION", "REFUSAL", "COMPENSATION"})
            String kind,

            long afterMicros,
            EventJson event) {}

    static StoryJson of(Story story) {
        return new StoryJson(
                story.getStepsList().stream()
                        .map(step -> new StepJson(
                                step.getKind().name(), step.getAfterMicros(), EventJson.of(step.getEvent())))
                        .toList(),
                story.getComplete());
    }
}
