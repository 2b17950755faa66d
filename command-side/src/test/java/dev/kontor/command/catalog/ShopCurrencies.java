package dev.kontor.command.catalog;

import dev.kontor.api.catalog.CurrencyCode;

/** For tests of other packages. */
public final class ShopCurrencies {

    private ShopCurrencies() {}

    public static ShopCurrency euros() {
        ShopCurrency currency = new ShopCurrency();
        currency.is(new CurrencyCode("EUR"));
        return currency;
    }
}
