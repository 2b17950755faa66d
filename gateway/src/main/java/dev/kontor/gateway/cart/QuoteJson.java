package dev.kontor.gateway.cart;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.gateway.cart.CartJson.ItemJson;
import dev.kontor.gateway.catalog.MoneyJson;
import dev.kontor.proto.cart.QuoteCartResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * The prices of a guest's cart.
 *
 * @param items one for each product, in the order of the request; never absent
 * @param total the sum of all lines; absent if a price is not known, or if the lines are in several currencies
 */
@Schema(name = "CartQuote")
record QuoteJson(
        List<ItemJson> items,
        @JsonInclude(JsonInclude.Include.NON_NULL) MoneyJson total) {

    static QuoteJson of(QuoteCartResponse quote) {
        return new QuoteJson(
                quote.getItemsList().stream().map(ItemJson::of).toList(),
                quote.hasTotal() ? MoneyJson.of(quote.getTotal()) : null);
    }
}
