package dev.kontor.standalone.identity;

import dev.kontor.standalone.Client;

/**
 * Something that can be asked of Kontor, and who may ask it.
 *
 * @param name as the API has it
 * @param ends whether it ends something that other operations need: it gets a scene of its own
 */
record Operation(String name, Allowed allowed, boolean ends, Act act) {

    /** Who may. */
    enum Allowed {
        /** Everybody, also with a token that counts no more. */
        WHOEVER,
        /** Everybody who is signed in, each on what is their own. */
        ONESELF,
        /** Whose it is, and admins. */
        OWNER,
        ADMIN;

        boolean allows(Who who) {
            return switch (this) {
                case WHOEVER -> true;
                case ONESELF -> who == Who.OWNER || who == Who.OTHER || who == Who.ADMIN;
                case OWNER -> who == Who.OWNER || who == Who.ADMIN;
                case ADMIN -> who == Who.ADMIN;
            };
        }
    }

    enum Who {
        NOBODY,
        OWNER,
        OTHER,
        ADMIN,
        DEACTIVATED,
        ERASED
    }

    enum Outcome {
        /** It was done, or was refused for what it asks and not for who asks. */
        LET_IN,
        UNAUTHENTICATED,
        /** Forbidden, or told that there is no such thing. */
        TURNED_AWAY
    }

    /** Asks for it. */
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
