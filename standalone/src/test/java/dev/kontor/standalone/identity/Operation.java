package dev.kontor.standalone.identity;

import dev.kontor.standalone.Client;

/**
 * An operation of Kontor, and its permitted callers.
 *
 * @param name as in the API
 * @param ends whether it ends something that other operations need: it gets a scene of its own
 */
record Operation(String name, Allowed allowed, boolean ends, Act act) {

    /** The permitted callers. */
    enum Allowed {
        /** All callers, also with a token that is no longer valid. */
        PUBLIC,
        /** All signed-in callers, each on their own data. */
        ONESELF,
        /** The owner, and admins. */
        OWNER,
        ADMIN;

        boolean allows(Who who) {
            return switch (this) {
                case PUBLIC -> true;
                case ONESELF -> who == Who.OWNER || who == Who.OTHER || who == Who.ADMIN;
                case OWNER -> who == Who.OWNER || who == Who.ADMIN;
                case ADMIN -> who == Who.ADMIN;
            };
        }
    }

    enum Who {
        ANONYMOUS,
        OWNER,
        OTHER,
        ADMIN,
        DEACTIVATED,
        ERASED
    }

    enum Outcome {
        /** Executed, or refused for its arguments and not for its caller. */
        LET_IN,
        UNAUTHENTICATED,
        /** Forbidden, or answered as not found. */
        TURNED_AWAY
    }

    /** Calls it. */
    interface Act {
        Outcome by(Client caller, OwnershipSetup scene);
    }

    static Outcome expected(Allowed allowed, Who who) {
        if (allowed.allows(who)) {
            return Outcome.LET_IN;
        }
        return who == Who.OWNER || who == Who.OTHER ? Outcome.TURNED_AWAY : Outcome.UNAUTHENTICATED;
    }

    @Override
    public String toString() {
        return name;
    }
}
