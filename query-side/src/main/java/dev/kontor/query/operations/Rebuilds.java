package dev.kontor.query.operations;

import dev.kontor.query.platform.View;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;

/** Reads views off the log anew. Meanwhile a view shows what has been read so far. Safe for many threads. */
interface Rebuilds {

    /**
     * Begins a rebuild and does not wait for it.
     *
     * @throws Refused with {@link Problem#REBUILD_RUNNING} where one of this view is under way
     */
    void begin(View view);

    /** How far the view's last build is: a rebuild, or what the first start had to read. */
    Build.Progress of(View view);

    static Refused running() {
        return new Refused(Problem.REBUILD_RUNNING, Problem.REBUILD_RUNNING.title());
    }
}
