package dev.kontor.command.operations;

import java.util.List;

/**
 * The snapshot of the acts of operators.
 *
 * @param open acts without an end, the oldest first
 */
record OperatorsState(List<OpenAct> open) {

    /** @param sequence of the act's event */
    record OpenAct(long sequence, String actor) {}
}
