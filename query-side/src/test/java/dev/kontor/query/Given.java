package dev.kontor.query;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductEvent.ProductListed;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.api.order.StockMovement;
import java.time.Instant;
import java.util.List;

/** Events with which many tests begin. */
public final class Given {

    public static final Instant DEADLINE = Instant.parse("2026-12-31T00:00:00Z");

    private Given() {}

    public static Money euros(long cents) {
        return new Money(cents, "EUR");
    }

    public static ProductListed listed(ProductId id, CustomerId seller, String title, long cents) {
        return listed(id, seller, new Description(title, "", "things"), cents);
    }

    public static ProductListed listed(ProductId id, CustomerId seller, Description description, long cents) {
        return new ProductListed(id, seller, description, euros(cents), new StockLevel(10, 0));
    }

    public static StockReserved reserved(ProductId id, OrderId order, long quantity, StockLevel after) {
        return new StockReserved(
                id, order, new Quantity(quantity), CustomerId.mint(), "title", euros(100), DEADLINE, after);
    }

    public static CustomerRegistered registered(PersonalData data, CustomerId id, String email, String name) {
        return new CustomerRegistered(
                id,
                data.seal(id, PersonalData.Field.EMAIL, email),
                data.seal(id, PersonalData.Field.NAME, name),
                Role.CUSTOMER);
    }

    public static OrderLine line(ProductId product, CustomerId seller, long quantity, long cents) {
        return new OrderLine(product, new Quantity(quantity), seller, "title", euros(cents));
    }

    public static OrderPlaced placed(OrderId id, CustomerId customer, OrderLine... lines) {
        return new OrderPlaced(id, customer, List.of(lines), null, OrderOrigin.DIRECT, DEADLINE, "fingerprint");
    }

    public static OrderConfirmed confirmed(OrderPlaced placed, StockMovement... reservations) {
        return new OrderConfirmed(
                placed.orderId(),
                placed.customerId(),
                placed.origin(),
                placed.lines(),
                OrderLine.total(placed.lines()),
                List.of(reservations));
    }
}
