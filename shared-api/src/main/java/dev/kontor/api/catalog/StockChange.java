package dev.kontor.api.catalog;

/** The units added or removed at once: 1 to {@link #HIGHEST}. */
public final class StockChange {

    public static final long HIGHEST = 1_000_000_000_000L;

    private StockChange() {}

    /** @throws IllegalArgumentException if it is zero or out of bounds */
    public static long check(long change) {
        if (change == 0 || change > HIGHEST || change < -HIGHEST) {
            throw new IllegalArgumentException(
                    "must be 1 to %,d units, added or (negative) removed".formatted(HIGHEST));
        }
        return change;
    }
}
