package dev.kontor.api.catalog;

import dev.kontor.api.platform.DescribedAs;
import org.axonframework.serialization.Revision;

/** Events of the shop as a whole. */
public sealed interface ShopEvent {

    @Revision("1")
    @DescribedAs("The shop's currency was fixed permanently: every price is in it. A log has one such event.")
    record CurrencyFixed(CurrencyCode currency) implements ShopEvent {}
}
