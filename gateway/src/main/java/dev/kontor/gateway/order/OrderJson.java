package dev.kontor.gateway.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.gateway.catalog.MoneyJson;
import dev.kontor.gateway.platform.ResourcePart;
import dev.kontor.gateway.platform.SingleResource;
import dev.kontor.proto.order.Order;
import dev.kontor.proto.order.OrderLine;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * An order.
 *
 * @param total at the quoted prices until the order is confirmed; absent if the lines are in several currencies, which
 *     is possible in an order that is older than the rule of one currency per shop
 * @param rejection absent unless the order was rejected
 */
@Schema(name = "Order")
public record OrderJson(
        String id,
        String customerId,

        @Schema(allowableValues = {"PLACED", "CONFIRMED", "REJECTED", "CANCELLED", "SHIPPED", "DELIVERED"})
        String status,

        List<LineJson> lines,
        @JsonInclude(JsonInclude.Include.NON_NULL) MoneyJson total,

        Instant placedAt,

        @JsonInclude(JsonInclude.Include.NON_NULL) RejectionJson rejection,

        long version)
        implements SingleResource {

    static final ResourcePart WHOLE = new ResourcePart(0, 1);

    /** A line of an order, at the price of the reservation. */
    @Schema(name = "OrderLine")
    public record LineJson(String productId, String title, MoneyJson unitPrice, long quantity, MoneyJson lineTotal) {

        static LineJson of(OrderLine line) {
            return new LineJson(
                    line.getProductId(),
                    line.getTitle(),
                    MoneyJson.of(line.getUnitPrice()),
                    line.getQuantity(),
                    MoneyJson.of(line.getLineTotal()));
        }
    }

    @Override
    public List<Long> versions() {
        return List.of(version);
    }

    public static OrderJson of(Order order) {
        return new OrderJson(
                order.getId(),
                order.getCustomerId(),
                order.getStatus().name(),
                order.getLinesList().stream().map(LineJson::of).toList(),
                order.hasTotal() ? MoneyJson.of(order.getTotal()) : null,
                Instant.ofEpochMilli(order.getPlacedAtMillis()),
                order.hasRejection() ? RejectionJson.of(order.getRejection()) : null,
                order.getVersion());
    }
}
