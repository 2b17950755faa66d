package dev.kontor.api.catalog;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of the shop as a whole. Each answers the {@link CurrencyCode} that is fixed afterwards. */
public sealed interface ShopCommand {

    @TargetAggregateIdentifier
    default ShopId shopId() {
        return new ShopId();
    }

    /** Fixes the currency for good; where one is fixed already, that one stays. */
    record FixCurrency(CurrencyCode currency) implements ShopCommand {}

    /** Changes nothing. */
    record ReadCurrency() implements ShopCommand {}
}
