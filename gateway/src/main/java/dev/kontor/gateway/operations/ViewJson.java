package dev.kontor.gateway.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.proto.operations.Rebuild;
import dev.kontor.proto.operations.View;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * How far a view is.
 *
 * @param generation counts the builds since start
 * @param position events of the log that the view has read
 * @param head events that the log holds
 * @param rebuild absent where there never was one
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
