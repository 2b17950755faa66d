package dev.kontor.query.platform;

/**
 * The version of a document that a read waits for, and how long. A document that does not exist yet counts as version
 * {@value #NOTHING}; the first event of an aggregate makes it version 0.
 *
 * @param atLeastVersion the version that the document must have
 * @param millis the longest wait, 0 or more
 */
public record Wait(long atLeastVersion, long millis) {

    /** The version of a document that does not exist yet. */
    public static final long NOTHING = -1;

    /** Does not wait. */
    public static final Wait NONE = new Wait(NOTHING, 0);

    public Wait {
        if (millis < 0) {
            throw new IllegalArgumentException("must not be negative");
        }
    }
}
