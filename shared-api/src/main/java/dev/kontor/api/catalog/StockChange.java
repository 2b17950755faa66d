package dev.kontor.api.catalog;

/** How many units are added or removed at once: 1 to {@link #HIGHEST}. */
public final class StockChange {

    public static final long HIGHEST = 1_000_000_000_000L;

    private StockChange() {}

    /** @throws IllegalArgumentException where it is zero or beyond the bound */
    public static long check(long change) {
        if (change == 0 || change > HIGHEST || change < -HIGHEST) {
            throw new IllegalArgumentException(
                    "must be 1 to %,d units, added or (negative) removed".formatted(HIGHEST));
        }
        return change;
    }
}
