package dev.kontor.api.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.platform.DescribedAs;

@DescribedAs("A currency by ISO 4217: three upper-case letters.")
public record CurrencyCode(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CurrencyCode {
        Money.checkCurrency(value);
    }

    public static CurrencyCode of(Money money) {
        return new CurrencyCode(money.currency());
    }

    @Override
    public String toString() {
        return value;
    }
}
