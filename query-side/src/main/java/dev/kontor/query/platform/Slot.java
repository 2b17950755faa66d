package dev.kontor.query.platform;

/**
 * The two places of a view. Each has the documents and tokens of one generation. Readers see one of the two, the live
 * one.
 */
public enum Slot {
    FIRST(""),
    SECOND("-2");

    private final String suffix;

    Slot(String suffix) {
        this.suffix = suffix;
    }

    /** The name under which tokens or documents are stored in this slot. */
    public String nameOf(String name) {
        return suffix.isEmpty() ? name : name.concat(suffix);
    }

    public String suffix() {
        return suffix;
    }

    public Slot other() {
        return this == FIRST ? SECOND : FIRST;
    }

    /** The slot of a name that {@link #nameOf} gave. */
    public static Slot of(String name) {
        return name.endsWith(SECOND.suffix) ? SECOND : FIRST;
    }

    /** The name without the slot. */
    public static String withoutSlot(String name) {
        return name.substring(0, name.length() - of(name).suffix.length());
    }
}
