package dev.kontor.side.platform;

import java.util.function.BooleanSupplier;

/**
 * A store or server that a side waits for before it starts.
 *
 * @param name for people: what it is and where, without any password
 * @param isThere as for {@link StartupDependencies#await}
 */
record StartupDependency(String name, BooleanSupplier isThere) {}
