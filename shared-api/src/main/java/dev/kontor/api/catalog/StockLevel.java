package dev.kontor.api.catalog;

import dev.kontor.api.platform.DescribedAs;

/**
 * A product's stock: on hand = available + reserved, each 0 or more.
 *
 * @param available units that can be ordered now
 * @param reserved units reserved for orders that are not shipped yet
 */
@DescribedAs("Units that can be ordered, and units reserved for orders that are not shipped; each 0 or more.")
public record StockLevel(long available, long reserved) {

    /** The maximum on hand. Twice this fits a {@code long}, so no sum of checked values overflows. */
    public static final long HIGHEST = 1_000_000_000_000_000L;

    public StockLevel {
        if (available < 0 || reserved < 0 || available > HIGHEST - reserved) {
            throw new IllegalArgumentException("must be 0 to %,d".formatted(HIGHEST));
        }
    }

    public StockLevel add(long units) {
        return new StockLevel(available + units, reserved);
    }

    public StockLevel remove(long units) {
        return new StockLevel(available - units, reserved);
    }

    public StockLevel reserve(long units) {
        return new StockLevel(available - units, reserved + units);
    }

    public StockLevel release(long units) {
        return new StockLevel(available + units, reserved - units);
    }

    public StockLevel commit(long units) {
        return new StockLevel(available, reserved - units);
    }
}
