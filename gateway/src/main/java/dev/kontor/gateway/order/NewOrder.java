package dev.kontor.gateway.order;

import dev.kontor.gateway.catalog.MoneyJson;
import dev.kontor.gateway.platform.RequiredValues;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.order.PlaceOrderLine;
import dev.kontor.proto.order.PlaceOrderRequest;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;

/**
 * A request to place an order.
 *
 * @param expectedTotal null if the client accepts any price
 */
@Schema(requiredProperties = "lines")
record NewOrder(
        @ArraySchema(minItems = 1, maxItems = NewOrder.MOST_LINES)
        List<LineJson> lines,

        MoneyJson expectedTotal) {

    static final int MOST_LINES = 100;

    @Schema(
            name = "NewOrderLine",
            requiredProperties = {"productId", "quantity"})
    record LineJson(String productId, @Schema(example = "2") Long quantity) {

        PlaceOrderLine toProto() {
            return PlaceOrderLine.newBuilder()
                    .setProductId(productId)
                    .setQuantity(quantity)
                    .build();
        }
    }

    /** @param key the idempotency key, null for none */
    PlaceOrderRequest toProto(String key) {
        check();
        PlaceOrderRequest.Builder order = PlaceOrderRequest.newBuilder()
                .setOrderId(UUID.randomUUID().toString())
                .addAllLines(lines.stream().map(LineJson::toProto).toList());
        if (expectedTotal != null) {
            order.setExpectedTotal(expectedTotal.toProto());
        }
        if (key != null) {
            if (key.isBlank()) {
                // The command side reads an empty key as "none", and a retry of the client would order twice.
                throw RefusedException.invalid("Idempotency-Key", "must not be empty");
            }
            order.setIdempotencyKey(key);
        }
        return order.build();
    }

    private void check() {
        if (lines != null && lines.size() > MOST_LINES) {
            throw RefusedException.invalid("lines", "must have 1 to " + MOST_LINES + " lines");
        }
        RequiredValues needed = new RequiredValues().value("lines", lines);
        for (int i = 0; lines != null && i < lines.size(); i++) {
            String field = "lines[" + i + "]";
            LineJson line = lines.get(i);
            needed.value(field, line);
            if (line != null) {
                needed.value(field + ".productId", line.productId()).value(field + ".quantity", line.quantity());
            }
        }
        if (expectedTotal != null) {
            expectedTotal.check("expectedTotal", needed);
        }
        needed.orRefuse();
    }
}
