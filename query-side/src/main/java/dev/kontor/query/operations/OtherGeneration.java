package dev.kontor.query.operations;

import dev.kontor.query.platform.Generations.State;

/**
 * The generation of a view that readers do not see.
 *
 * @param generation its number; 0 if there is none
 * @param position the number of events that it has read
 * @param switchesItself whether it becomes the live one as soon as it is built
 * @param share of one processor, in percent, that building may take
 * @param failure why it does not go on, without personal data; null if it goes on
 * @param comparison with the live generation; null if there was none since the start of this process
 */
record OtherGeneration(
        long generation,
        State state,
        long position,
        boolean switchesItself,
        int share,
        String failure,
        Comparison comparison) {

    static final OtherGeneration NONE = new OtherGeneration(0, State.NONE, 0, false, 100, null, null);
}
