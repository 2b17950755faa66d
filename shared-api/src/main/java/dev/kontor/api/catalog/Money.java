package dev.kontor.api.catalog;

import dev.kontor.api.platform.DescribedAs;
import java.util.Currency;

/**
 * An amount of money.
 *
 * @param amount in the currency's smallest unit (cents), 0 or more
 * @param currency ISO 4217 code in upper case
 */
@DescribedAs("`amount` in the smallest unit of the currency (cents), 0 or more; `currency` by ISO 4217.")
public record Money(long amount, String currency) {

    public Money {
        if (amount < 0) {
            throw new IllegalArgumentException("must not be negative");
        }
        checkCurrency(currency);
    }

    /** @throws IllegalArgumentException if ISO 4217 has no such currency */
    static void checkCurrency(String currency) {
        try {
            Currency.getInstance(currency);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new IllegalArgumentException("must have an ISO 4217 currency", e);
        }
    }

    public static Money zero(String currency) {
        return new Money(0, currency);
    }

    /** @throws IllegalArgumentException if the currencies differ */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("must have one currency");
        }
        return new Money(Math.addExact(amount, other.amount), currency);
    }

    public Money times(Quantity quantity) {
        return new Money(Math.multiplyExact(amount, quantity.value()), currency);
    }
}
