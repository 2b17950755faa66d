package dev.kontor.api.platform;

/**
 * For which version of a document a read waits, and how long. A document that does not exist yet counts as version
 * {@value #NOTHING}; the first event of an aggregate makes it version 0.
 *
 * @param atLeastVersion the version that must show
 * @param millis how long at most, 0 or more
 */
public record Wait(long atLeastVersion, long millis) {

    /** The version of what does not exist yet. */
    public static final long NOTHING = -1;

    /** Takes what is there. */
    public static final Wait NONE = new Wait(NOTHING, 0);

    public Wait {
        if (millis < 0) {
            throw new IllegalArgumentException("must not be negative");
        }
    }
}
