package dev.kontor.gateway.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.proto.operations.Rebuild;
import dev.kontor.proto.operations.View;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A view and its position in the log.
 *
 * @param generation the number of the build, from 1; one process counts from its start, processes over MongoDB count on
 * @param position number of events that the view has read from the log
 * @param head number of events in the log
 * @param rebuild the current build, or the last one
 */
@Schema(name = "View")
record ViewJson(
        String name,
        long generation,
        long position,
        long head,
        long lag,

        @JsonInclude(JsonInclude.Include.NON_NULL) RebuildJson rebuild) {

    @Schema(name = "Rebuild")
    record RebuildJson(
            @Schema(allowableValues = {"RUNNING", "DONE", "FAILED"})
            String state,

            long done,
            long total,
            long eventsPerSecond) {}

    static ViewJson of(View view) {
        return new ViewJson(
                view.getName(),
                view.getGeneration(),
                view.getPosition(),
                view.getHead(),
                view.getLag(),
                view.hasRebuild() ? rebuild(view.getRebuild()) : null);
    }

    private static RebuildJson rebuild(Rebuild rebuild) {
        return new RebuildJson(
                rebuild.getState().name(), rebuild.getDone(), rebuild.getTotal(), rebuild.getEventsPerSecond());
    }
}
