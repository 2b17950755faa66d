package dev.kontor.gateway.order;

import dev.kontor.gateway.catalog.MoneyJson;
import java.util.List;

/** A new order in GraphQL: as over REST, with the key that REST has in a header. */
record PlaceOrderInput(List<NewOrder.LineJson> lines, MoneyJson expectedTotal, String idempotencyKey) {

    NewOrder order() {
        return new NewOrder(lines, expectedTotal);
    }
}
