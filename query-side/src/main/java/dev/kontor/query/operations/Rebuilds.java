package dev.kontor.query.operations;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.query.platform.View;

/** Rebuilds views from the log. Safe for many threads. */
interface Rebuilds {

    /**
     * How a rebuild is done.
     *
     * @param switchesItself whether readers see the new generation as soon as it is built, or when they are switched
     * @param share of one processor, in percent, that building may take, from 1 to 100
     */
    record Plan(boolean switchesItself, int share) {

        static final Plan USUAL = new Plan(true, 100);
    }

    /**
     * Begins a rebuild and does not wait for it.
     *
     * @throws RefusedException with {@link Problem#REBUILD_RUNNING} if one of this view is running
     */
    void begin(View view, Plan plan);

    /** The progress of the view's last build: a rebuild, or the first build after start. */
    ViewBuild.Progress of(View view);

    /** The number of the generation that readers see. */
    long live(View view);

    /** The generation that readers do not see; the state is NONE where there is none. */
    default OtherGeneration other(View view) {
        return OtherGeneration.NONE;
    }

    /** The building generation does not go on until it is resumed. */
    default void pause(View view) {
        throw wrongState();
    }

    default void resume(View view) {
        throw wrongState();
    }

    /** Reads see the other generation from the end of this call on; what they saw before goes on as the other one. */
    default void switchOver(View view) {
        throw wrongState();
    }

    /** Deletes the other generation: a rebuild that was not switched to is cancelled. */
    default void drop(View view) {
        throw wrongState();
    }

    static RefusedException running() {
        return new RefusedException(Problem.REBUILD_RUNNING, Problem.REBUILD_RUNNING.title());
    }

    /** The view has no other generation, or none in a state that allows the operation. */
    static RefusedException wrongState() {
        return new RefusedException(Problem.REBUILD_STATE, Problem.REBUILD_STATE.title());
    }

    static RefusedException behind() {
        return new RefusedException(
                Problem.REBUILD_STATE, "The other generation has not read the log as far as the one that readers see");
    }
}
