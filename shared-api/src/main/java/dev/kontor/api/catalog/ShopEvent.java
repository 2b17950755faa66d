package dev.kontor.api.catalog;

import dev.kontor.api.platform.DescribedAs;
import org.axonframework.serialization.Revision;

/** What was decided for the shop as a whole. */
public sealed interface ShopEvent {

    @Revision("1")
    @DescribedAs("The shop trades in this currency for good: every price is in it. A log has one such event.")
    record CurrencyFixed(CurrencyCode currency) implements ShopEvent {}
}
