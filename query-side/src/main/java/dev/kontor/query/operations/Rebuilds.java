package dev.kontor.query.operations;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.query.platform.View;

/** Rebuilds views from the log. Meanwhile a view shows what it has read so far. Safe for many threads. */
interface Rebuilds {

    /**
     * Begins a rebuild and does not wait for it.
     *
     * @throws RefusedException with {@link Problem#REBUILD_RUNNING} if one of this view is running
     */
    void begin(View view);

    /** The progress of the view's last build: a rebuild, or the first build after start. */
    ViewBuild.Progress of(View view);

    static RefusedException running() {
        return new RefusedException(Problem.REBUILD_RUNNING, Problem.REBUILD_RUNNING.title());
    }
}
