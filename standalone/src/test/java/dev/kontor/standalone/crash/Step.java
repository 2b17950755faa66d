package dev.kontor.standalone.crash;

import dev.kontor.crash.CrashPoint;
import java.util.EnumSet;
import java.util.Set;

/** The steps of an order's life, from the buyer's account to the delivery; and the erasure of an account. */
enum Step {
    SIGN_UP,
    LIST_PRODUCT,
    ORDER_CONFIRMED,
    ORDER_REJECTED,
    CHECKOUT,
    CANCEL,
    SHIP,
    ERASE;

    /** The saga's processor stores its token with its work, not for every event. */
    private static final Set<CrashPoint> OF_COMMANDS = EnumSet.of(
            CrashPoint.BEFORE_SAGA_COMMAND, CrashPoint.AFTER_SAGA_COMMAND, CrashPoint.BETWEEN_SAGA_AND_TOKEN);

    private static final Set<Step> WITHOUT_COMMANDS = EnumSet.of(SIGN_UP, LIST_PRODUCT, ERASE);

    /** Whether the step passes the point. */
    boolean passes(CrashPoint point) {
        if (point.isOfLetters()) {
            return false;
        }
        if (point == CrashPoint.AFTER_SAGA) {
            // The saga of a confirmed order ends before it is stored.
            return this == ORDER_REJECTED;
        }
        if (point == CrashPoint.BEFORE_KEY_IS_DESTROYED) {
            return this == ERASE;
        }
        return !OF_COMMANDS.contains(point) || !WITHOUT_COMMANDS.contains(this);
    }
}
