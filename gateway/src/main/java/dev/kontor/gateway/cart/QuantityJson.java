package dev.kontor.gateway.cart;

import dev.kontor.gateway.platform.RequiredValues;
import io.swagger.v3.oas.annotations.media.Schema;

/** The quantity of a product in the cart. */
@Schema(name = "Quantity", requiredProperties = "quantity")
record QuantityJson(@Schema(example = "2") Long quantity) {

    long units() {
        new RequiredValues().value("quantity", quantity).orRefuse();
        return quantity;
    }
}
