package dev.kontor.gateway.platform;

import io.grpc.Context;

/**
 * What a request holds of the memory while its answer is sent. Who reads slowly, or not at all, makes that long; so the
 * largest of what the sides have answered to it, and of what is sent in one piece, comes from a budget.
 */
final class HeldAnswer {

    /** Of the request that is served on this thread. */
    static final Context.Key<HeldAnswer> CONTEXT = Context.key("held-answer");

    /** As a message, as objects made of it, and as what is made of these. */
    private static final int TIMES = 3;

    private final RequestsInFlight inFlight;
    private final String network;
    private long taken;

    HeldAnswer(RequestsInFlight inFlight, String network) {
        this.inFlight = inFlight;
        this.network = network;
    }

    /** Whether there was room for an answer of so many bytes. */
    synchronized boolean take(long bytes) {
        long more = TIMES * Math.max(0, bytes - RequestsInFlight.FREE_BYTES) - taken;
        if (more <= 0) {
            return true;
        }
        if (!inFlight.takeAnswer(network, more)) {
            return false;
        }
        taken += more;
        return true;
    }

    /** Waits until a page may be read; null where that takes too long. What is answered has to be ended. */
    PageReadLimit.Turn awaitTurn() {
        return inFlight.pages().await(network);
    }

    /** The answer is sent, or its client is gone. */
    synchronized void giveBack() {
        inFlight.giveBackAnswer(network, taken);
        taken = 0;
    }
}
