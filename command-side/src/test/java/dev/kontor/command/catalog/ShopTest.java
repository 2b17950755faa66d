package dev.kontor.command.catalog;

import dev.kontor.api.catalog.CurrencyCode;
import dev.kontor.api.catalog.ShopCommand.FixCurrency;
import dev.kontor.api.catalog.ShopCommand.ReadCurrency;
import dev.kontor.api.catalog.ShopEvent.CurrencyFixed;
import dev.kontor.command.platform.Scenario;
import org.junit.jupiter.api.Test;

class ShopTest {

    private static final CurrencyCode EURO = new CurrencyCode("EUR");
    private static final CurrencyCode DOLLAR = new CurrencyCode("USD");

    private final Scenario<Shop> shop = Scenario.of(Shop.class);

    @Test
    void the_currency_is_fixed_once() {
        shop.when(new FixCurrency(EURO)).then(new CurrencyFixed(EURO)).answering(EURO);
    }

    @Test
    void a_currency_that_is_fixed_stays() {
        shop.given(new CurrencyFixed(EURO))
                .when(new FixCurrency(DOLLAR))
                .thenNothing()
                .answering(EURO);
    }

    @Test
    void the_currency_is_read_without_an_event() {
        shop.given(new CurrencyFixed(EURO))
                .when(new ReadCurrency())
                .thenNothing()
                .answering(EURO);
    }

    @Test
    void without_a_fixed_currency_there_is_none_to_read() {
        shop.when(new ReadCurrency()).thenUnknown();
    }
}
