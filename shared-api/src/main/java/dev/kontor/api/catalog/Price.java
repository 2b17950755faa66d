package dev.kontor.api.catalog;

/** Bounds one unit's price, so that the sum of a hundred lines of a million units fits a {@code long}. */
public final class Price {

    /** In the smallest unit of the currency. */
    public static final long HIGHEST = 10_000_000_000L;

    private Price() {}

    /** @throws IllegalArgumentException if it is above {@link #HIGHEST} or negative */
    public static Money check(long amount, String currency) {
        if (amount > HIGHEST) {
            throw new IllegalArgumentException("must be at most %,d".formatted(HIGHEST));
        }
        return new Money(amount, currency);
    }
}
