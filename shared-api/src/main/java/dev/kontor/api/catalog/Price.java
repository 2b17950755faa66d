package dev.kontor.api.catalog;

/** The bound of one unit's price: a hundred lines of a million units each still fit a {@code long}. */
public final class Price {

    /** In the smallest unit of the currency. */
    public static final long HIGHEST = 10_000_000_000L;

    private Price() {}

    /** @throws IllegalArgumentException where it is above {@link #HIGHEST} or below zero */
    public static Money check(long amount, String currency) {
        if (amount > HIGHEST) {
            throw new IllegalArgumentException("must be at most %,d".formatted(HIGHEST));
        }
        return new Money(amount, currency);
    }
}
