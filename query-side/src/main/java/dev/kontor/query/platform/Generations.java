package dev.kontor.query.platform;

import org.bson.codecs.pojo.annotations.BsonId;

/**
 * The two generations of a view, as noted beside its documents.
 *
 * @param live the slot that readers see
 * @param generation the number of the live generation, from 1
 * @param other the number of the generation in the other slot; if there is none, the number of the last one
 * @param state of the generation in the other slot
 * @param switchesItself whether a generation that is built becomes the live one without another request
 * @param share of one processor, in percent, that building may take
 * @param schema of the documents in the other slot
 */
public record Generations(
        @BsonId String view,
        Slot live,
        long generation,
        long other,
        State state,
        boolean switchesItself,
        int share,
        int schema) {

    /** What the generation in the other slot is. */
    public enum State {
        /** There is none. */
        NONE,
        /** It reads the log. */
        BUILDING,
        /** It has read a part of the log and does not go on. */
        PAUSED,
        /** It has read the log and goes on with it; readers may be switched to it. */
        BUILT,
        /** Readers saw it before. It goes on with the log, so that they can be switched back. */
        PREVIOUS,
        /** It could not be built. */
        FAILED
    }

    public static Generations first(View view) {
        return new Generations(view.name(), Slot.FIRST, 1, 1, State.NONE, false, 100, view.schema());
    }

    public Generations state(State next) {
        return new Generations(view, live, generation, other, next, switchesItself, share, schema);
    }

    /** A new generation in the other slot. */
    public Generations building(View of, boolean thenSwitches, int shareOfProcessor) {
        return new Generations(
                view,
                live,
                generation,
                Math.max(generation, other) + 1,
                State.BUILDING,
                thenSwitches,
                shareOfProcessor,
                of.schema());
    }

    /** The other generation becomes the live one. */
    public Generations switched() {
        return new Generations(view, live.other(), other, generation, State.PREVIOUS, false, 100, schema);
    }

    /** What the other slot has is of no use. */
    public Generations alone() {
        return new Generations(view, live, generation, Math.max(generation, other), State.NONE, false, 100, schema);
    }

    /** For a store that keeps bytes. */
    public byte[] encode() {
        return DocumentType.encode(Generations.class, this);
    }

    public static Generations decode(byte[] stored) {
        return DocumentType.decode(Generations.class, stored);
    }
}
