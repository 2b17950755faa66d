package dev.kontor.gateway.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.gateway.catalog.MoneyJson;
import dev.kontor.gateway.catalog.ProductJson;
import dev.kontor.gateway.platform.ResourcePart;
import dev.kontor.gateway.platform.SingleResource;
import dev.kontor.proto.customer.Customer;
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
 * @param customer absent unless expanded, and once erased
 * @param products of the lines, as the catalog shows them now; absent unless expanded
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

        long version,
        @JsonInclude(JsonInclude.Include.NON_NULL) OrderCustomerJson customer,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<ProductJson> products)
        implements SingleResource {

    static final ResourcePart WHOLE = new ResourcePart(0, 1);

    /** The customer of an order. */
    @Schema(name = "OrderCustomer")
    public record OrderCustomerJson(String id, String email, String name) {

        static OrderCustomerJson of(Customer customer) {
            return new OrderCustomerJson(customer.getId(), customer.getEmail(), customer.getName());
        }

        /** Keeps personal data out of logs. */
        @Override
        public String toString() {
            return "OrderCustomerJson[" + id + "]";
        }
    }

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
                order.getVersion(),
                null,
                null);
    }

    /** @param shown null for none */
    OrderJson with(OrderCustomerJson shown) {
        return new OrderJson(id, customerId, status, lines, total, placedAt, rejection, version, shown, products);
    }

    OrderJson with(List<ProductJson> shown) {
        return new OrderJson(id, customerId, status, lines, total, placedAt, rejection, version, customer, shown);
    }
}
