package dev.kontor.side.platform;

import java.util.function.BooleanSupplier;

/**
 * A store or server that a side waits for before it starts.
 *
 * @param name for operators: what it is and where, without a password
 * @param isThere as for {@link StartupDependencies#await}
 */
record StartupDependency(String name, BooleanSupplier isThere) {}
