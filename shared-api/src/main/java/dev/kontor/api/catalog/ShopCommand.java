package dev.kontor.api.catalog;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Commands of the shop as a whole. Each returns the {@link CurrencyCode} that is fixed afterwards. */
public sealed interface ShopCommand {

    @TargetAggregateIdentifier
    default ShopId shopId() {
        return new ShopId();
    }

    /** Fixes the currency permanently; if one is fixed already, it stays. */
    record FixCurrency(CurrencyCode currency) implements ShopCommand {}

    /** Changes nothing. */
    record ReadCurrency() implements ShopCommand {}
}
