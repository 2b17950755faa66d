package dev.kontor.gateway.platform;

import io.grpc.Context;

/**
 * The memory that a request holds while its answer is sent, which a slow client makes long. The largest answer of a
 * side, or the largest piece that is sent at once, is charged to a budget.
 */
final class HeldAnswer {

    /** Of the current request. */
    static final Context.Key<HeldAnswer> CONTEXT = Context.key("held-answer");

    /** An answer is in memory as a message, as objects and as JSON. */
    private static final int TIMES = 3;

    private final RequestsInFlight inFlight;
    private final String network;
    private long taken;
    private boolean addsUp;

    HeldAnswer(RequestsInFlight inFlight, String network) {
        this.inFlight = inFlight;
        this.network = network;
    }

    /** Of another answer to the same client, such as the next event of a stream. */
    HeldAnswer another() {
        return new HeldAnswer(inFlight, network);
    }

    /** From now on each answer is charged, not only the largest: a request that makes one of several holds them all. */
    synchronized void addUp() {
        addsUp = true;
    }

    /** Charges an answer of so many bytes; false if the budget is exhausted. */
    synchronized boolean take(long bytes) {
        long charged = TIMES * Math.max(0, bytes - RequestsInFlight.FREE_BYTES);
        long more = addsUp ? charged : charged - taken;
        if (more <= 0) {
            return true;
        }
        if (!inFlight.takeAnswer(network, more)) {
            return false;
        }
        taken += more;
        return true;
    }

    /** Waits until a page may be read; null after too long a wait. The caller has to end the turn. */
    PageReadLimit.Turn awaitTurn() {
        return inFlight.pages().await(network);
    }

    /** Returns the memory; the answer is sent, or the client has closed the connection. */
    synchronized void giveBack() {
        inFlight.giveBackAnswer(network, taken);
        taken = 0;
    }
}
