package dev.kontor.command.order;

import static dev.kontor.command.catalog.Products.DEADLINE;
import static dev.kontor.command.catalog.Products.DESK;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.PRICE;
import static dev.kontor.command.catalog.Products.SELLER;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.CancelledBy;
import dev.kontor.api.order.OrderCommand.ConfirmOrder;
import dev.kontor.api.order.OrderCommand.PlaceOrder;
import dev.kontor.api.order.OrderEvent;
import dev.kontor.api.order.OrderEvent.OrderCancelled;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderDelivered;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderEvent.OrderRejected;
import dev.kontor.api.order.OrderEvent.OrderShipped;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.StockMovement;
import java.util.List;

/** Sample commands and events for tests: one order of two lamps and a desk, by Anna. */
final class Orders {

    static final OrderId ORDER = new OrderId("0197a3c2-0000-8000-8000-0000000000f1");
    static final CustomerId ANNA = new CustomerId("0197a3c2-0000-7000-8000-000000000001");
    static final Actor BUYER = new Actor(ANNA, Role.CUSTOMER);
    static final String FINGERPRINT = "fingerprint";

    static final OrderLine TWO_LAMPS = line(LAMP, 2, PRICE);
    static final OrderLine ONE_DESK = line(DESK, 1, PRICE);
    static final List<OrderLine> LINES = List.of(TWO_LAMPS, ONE_DESK);
    static final List<ProductId> PRODUCTS = List.of(LAMP, DESK);
    static final Money TOTAL = OrderLine.total(LINES);
    static final List<StockMovement> RESERVATIONS = List.of(new StockMovement(LAMP, 4), new StockMovement(DESK, 9));
    static final Rejection NO_DESK = Rejection.ofLines(List.of(new Rejection.Line(DESK, "insufficient-stock", 0)));

    private Orders() {}

    static OrderLine line(ProductId product, long quantity, Money unitPrice) {
        return new OrderLine(product, new Quantity(quantity), SELLER, "Lamp", unitPrice);
    }

    static PlaceOrder place() {
        return new PlaceOrder(ORDER, ANNA, LINES, null, OrderOrigin.DIRECT, DEADLINE, FINGERPRINT);
    }

    static OrderPlaced placed() {
        return placed(null, OrderOrigin.DIRECT);
    }

    static OrderPlaced placed(Money expectedTotal, OrderOrigin origin) {
        return new OrderPlaced(ORDER, ANNA, LINES, expectedTotal, origin, DEADLINE, FINGERPRINT);
    }

    static ConfirmOrder confirm() {
        return new ConfirmOrder(ORDER, LINES, RESERVATIONS);
    }

    static OrderConfirmed confirmed() {
        return confirmed(OrderOrigin.DIRECT);
    }

    static OrderConfirmed confirmed(OrderOrigin origin) {
        return new OrderConfirmed(ORDER, ANNA, origin, LINES, TOTAL, RESERVATIONS);
    }

    static OrderRejected rejected(Rejection rejection) {
        return rejected(OrderOrigin.DIRECT, rejection);
    }

    static OrderRejected rejected(OrderOrigin origin, Rejection rejection) {
        return new OrderRejected(ORDER, ANNA, origin, rejection, PRODUCTS, DEADLINE);
    }

    static OrderCancelled cancelled(OrderStatus before) {
        return cancelled(OrderOrigin.DIRECT, before);
    }

    static OrderCancelled cancelled(OrderOrigin origin, OrderStatus before) {
        return new OrderCancelled(ORDER, ANNA, origin, before, CancelledBy.CUSTOMER, PRODUCTS, DEADLINE);
    }

    static OrderCancelled cancelledByTheShop(OrderStatus before) {
        return new OrderCancelled(ORDER, ANNA, OrderOrigin.DIRECT, before, CancelledBy.SHOP, PRODUCTS, DEADLINE);
    }

    static OrderShipped shipped() {
        return new OrderShipped(ORDER, ANNA, PRODUCTS);
    }

    static OrderDelivered delivered() {
        return new OrderDelivered(ORDER, ANNA);
    }

    /** The events that lead to each status. */
    static List<OrderEvent> until(OrderStatus status) {
        return switch (status) {
            case PLACED -> List.of(placed());
            case CONFIRMED -> List.of(placed(), confirmed());
            case REJECTED -> List.of(placed(), rejected(NO_DESK));
            case CANCELLED -> List.of(placed(), confirmed(), cancelled(OrderStatus.CONFIRMED));
            case SHIPPED -> List.of(placed(), confirmed(), shipped());
            case DELIVERED -> List.of(placed(), confirmed(), shipped(), delivered());
        };
    }
}
