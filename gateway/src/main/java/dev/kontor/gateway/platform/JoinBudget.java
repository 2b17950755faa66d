package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.RefusedException;

/** Bounds how many resources one GraphQL request joins to its rows, and so the calls that it makes for them. */
public final class JoinBudget {

    /** Resources of one batch, which is one call. */
    public static final int LARGEST_BATCH = 100;

    private static final int MOST_JOINED = 1_000;

    private int joined;

    /** @throws RefusedException if the request joins too many */
    public void take(int more) {
        joined += more;
        if (joined > MOST_JOINED) {
            throw GraphQlBounds.excess("products and customers beside its rows", MOST_JOINED);
        }
    }
}
