package dev.kontor.gateway.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.proto.operations.GenerationComparison;
import dev.kontor.proto.operations.OtherGeneration;
import dev.kontor.proto.operations.Rebuild;
import dev.kontor.proto.operations.View;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A view and its position in the log.
 *
 * @param generation the number of the generation that readers see, from 1
 * @param position number of events that the view has read from the log
 * @param head number of events in the log
 * @param rebuild the current build, or the last one
 * @param other the generation that readers do not see; absent if there is none
 */
@Schema(name = "View")
record ViewJson(
        String name,
        long generation,
        long position,
        long head,
        long lag,

        @JsonInclude(JsonInclude.Include.NON_NULL) RebuildJson rebuild,
        @JsonInclude(JsonInclude.Include.NON_NULL) OtherJson other) {

    /**
     * A build of a generation.
     *
     * @param secondsLeft at the rate so far; absent while there is none
     */
    @Schema(name = "Rebuild")
    record RebuildJson(
            long generation,

            @Schema(allowableValues = {"RUNNING", "PAUSED", "READY", "DONE", "CANCELLED", "FAILED"})
            String state,

            long done,
            long total,
            long eventsPerSecond,

            @JsonInclude(JsonInclude.Include.NON_NULL) Long secondsLeft) {}

    /**
     * The generation that readers do not see.
     *
     * @param position number of events that it has read from the log
     * @param share of one processor, in percent, that building may take
     * @param failure the event that it cannot handle and the exception; it is tried again and again. Absent while the
     *     generation goes on
     * @param comparison with the generation that readers see; absent before both were compared
     */
    @Schema(name = "OtherGeneration")
    record OtherJson(
            long generation,

            @Schema(allowableValues = {"BUILDING", "PAUSED", "BUILT", "PREVIOUS", "FAILED"})
            String state,

            long position,

            @Schema(allowableValues = {"AUTO", "ASK"}) String switchWhenBuilt,

            int share,
            @JsonInclude(JsonInclude.Include.NON_NULL) String failure,
            @JsonInclude(JsonInclude.Include.NON_NULL) ComparisonJson comparison) {}

    /**
     * A comparison of both generations. A document counts once it has the same version in both.
     *
     * @param documents in the generation that readers see
     * @param otherDocuments in the other one
     * @param digest of the documents; equal generations have equal digests
     * @param missing documents that only the generation that readers see has
     * @param added documents that only the other one has
     * @param different documents of one version with another content
     * @param unsettled documents that changed so often that they could not be compared
     * @param examples ids of documents that differ
     */
    @Schema(name = "GenerationComparison")
    record ComparisonJson(
            long documents,
            long otherDocuments,
            String digest,
            String otherDigest,
            long missing,
            long added,
            long different,
            long unsettled,
            List<String> examples) {

        static ComparisonJson of(GenerationComparison found) {
            return new ComparisonJson(
                    found.getLive(),
                    found.getOther(),
                    found.getLiveDigest(),
                    found.getOtherDigest(),
                    found.getOnlyLive(),
                    found.getOnlyOther(),
                    found.getDifferent(),
                    found.getUnsettled(),
                    found.getExamplesList());
        }
    }

    static ViewJson of(View view) {
        return new ViewJson(
                view.getName(),
                view.getGeneration(),
                view.getPosition(),
                view.getHead(),
                view.getLag(),
                view.hasRebuild() ? rebuild(view.getRebuild()) : null,
                view.hasOther() ? other(view.getOther()) : null);
    }

    private static RebuildJson rebuild(Rebuild rebuild) {
        long rate = rebuild.getEventsPerSecond();
        boolean isRunning = rebuild.getState() == Rebuild.State.RUNNING;
        return new RebuildJson(
                rebuild.getGeneration(),
                rebuild.getState().name(),
                rebuild.getDone(),
                rebuild.getTotal(),
                rate,
                isRunning && rate > 0 ? (rebuild.getTotal() - rebuild.getDone()) / rate : null);
    }

    private static OtherJson other(OtherGeneration other) {
        return new OtherJson(
                other.getGeneration(),
                other.getState().name(),
                other.getPosition(),
                other.getAsks() ? "ASK" : "AUTO",
                other.getShare(),
                other.getFailure().isEmpty() ? null : other.getFailure(),
                other.hasComparison() ? ComparisonJson.of(other.getComparison()) : null);
    }
}
