package dev.kontor.query.operations;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.query.platform.View;

/** Reads views off the log anew. Meanwhile a view shows what has been read so far. Safe for many threads. */
interface Rebuilds {

    /**
     * Begins a rebuild and does not wait for it.
     *
     * @throws RefusedException with {@link Problem#REBUILD_RUNNING} where one of this view is under way
     */
    void begin(View view);

    /** How far the view's last build is: a rebuild, or what the first start had to read. */
    ViewBuild.Progress of(View view);

    static RefusedException running() {
        return new RefusedException(Problem.REBUILD_RUNNING, Problem.REBUILD_RUNNING.title());
    }
}
