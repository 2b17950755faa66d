package dev.kontor.side.operations;

import java.util.function.BooleanSupplier;

/**
 * A store or server that a side waits for before it starts.
 *
 * @param name for people: what it is and where, without any password
 * @param isThere as for {@link Needs#await}
 */
record NeededStore(String name, BooleanSupplier isThere) {}
