package dev.kontor.query.operations;

import dev.kontor.proto.operations.GenerationComparison;
import dev.kontor.proto.operations.OtherGeneration.State;
import dev.kontor.proto.operations.Rebuild;

/** Generations of views and their builds as messages. */
final class GenerationProtos {

    private GenerationProtos() {}

    static Rebuild.Builder of(ViewBuild.Progress build) {
        return Rebuild.newBuilder()
                .setGeneration(build.generation())
                .setState(
                        switch (build.state()) {
                            case RUNNING -> Rebuild.State.RUNNING;
                            case PAUSED -> Rebuild.State.PAUSED;
                            case READY -> Rebuild.State.READY;
                            case DONE -> Rebuild.State.DONE;
                            case CANCELLED -> Rebuild.State.CANCELLED;
                            case FAILED -> Rebuild.State.FAILED;
                        })
                .setDone(build.done())
                .setTotal(build.total())
                .setEventsPerSecond(build.eventsPerSecond());
    }

    static dev.kontor.proto.operations.OtherGeneration.Builder of(OtherGeneration other) {
        dev.kontor.proto.operations.OtherGeneration.Builder proto =
                dev.kontor.proto.operations.OtherGeneration.newBuilder()
                        .setGeneration(other.generation())
                        .setState(
                                switch (other.state()) {
                                    case NONE -> State.STATE_UNSPECIFIED;
                                    case BUILDING -> State.BUILDING;
                                    case PAUSED -> State.PAUSED;
                                    case BUILT -> State.BUILT;
                                    case PREVIOUS -> State.PREVIOUS;
                                    case FAILED -> State.FAILED;
                                })
                        .setPosition(other.position())
                        .setAsks(!other.switchesItself())
                        .setShare(other.share());
        if (other.failure() != null) {
            proto.setFailure(other.failure());
        }
        if (other.comparison() != null) {
            proto.setComparison(of(other.comparison()));
        }
        return proto;
    }

    private static GenerationComparison.Builder of(Comparison comparison) {
        return GenerationComparison.newBuilder()
                .setLive(comparison.live())
                .setOther(comparison.other())
                .setLiveDigest(comparison.liveDigest())
                .setOtherDigest(comparison.otherDigest())
                .setOnlyLive(comparison.onlyLive())
                .setOnlyOther(comparison.onlyOther())
                .setDifferent(comparison.different())
                .setUnsettled(comparison.unsettled())
                .addAllExamples(comparison.examples());
    }
}
