package dev.kontor.gateway.cart;

import dev.kontor.gateway.operations.Needed;
import io.swagger.v3.oas.annotations.media.Schema;

/** How many of a product shall be in the cart. */
@Schema(requiredProperties = "quantity")
record Quantity(@Schema(example = "2") Long quantity) {

    long units() {
        new Needed().value("quantity", quantity).orRefuse();
        return quantity;
    }
}
