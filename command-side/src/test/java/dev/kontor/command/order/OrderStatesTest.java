package dev.kontor.command.order;

import static dev.kontor.command.order.Orders.ANNA;
import static dev.kontor.command.order.Orders.BUYER;
import static dev.kontor.command.order.Orders.FINGERPRINT;
import static dev.kontor.command.order.Orders.LINES;
import static dev.kontor.command.order.Orders.NO_DESK;
import static dev.kontor.command.order.Orders.ORDER;
import static dev.kontor.command.order.Orders.confirm;
import static dev.kontor.command.order.Orders.confirmed;
import static dev.kontor.command.order.Orders.place;
import static dev.kontor.command.order.Orders.placed;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.order.OrderCommand;
import dev.kontor.api.order.OrderCommand.CancelOrder;
import dev.kontor.api.order.OrderCommand.DeliverOrder;
import dev.kontor.api.order.OrderCommand.PlaceOrder;
import dev.kontor.api.order.OrderCommand.RecallOrder;
import dev.kontor.api.order.OrderCommand.RecordStockReturn;
import dev.kontor.api.order.OrderCommand.RejectOrder;
import dev.kontor.api.order.OrderCommand.ShipOrder;
import dev.kontor.api.order.OrderEvent.OrderStockReturned;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.command.catalog.Products;
import dev.kontor.command.platform.StateTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderStatesTest {

    private static final Actor STRANGER = new Actor(CustomerId.mint(), Role.CUSTOMER);
    private static final Money OTHER_TOTAL = new Money(1, Products.PRICE.currency());

    @Test
    void the_states_of_an_order_are_on_the_page() throws IOException {
        StateTable table = StateTable.of("Order", Order.class).state("(none)");
        table.state("placed", placed());
        table.state("placed, another total expected", placed(OTHER_TOTAL, OrderOrigin.DIRECT));
        table.state("confirmed", placed(), confirmed());
        for (OrderStatus status : List.of(OrderStatus.REJECTED, OrderStatus.CANCELLED)) {
            table.state(status.name().toLowerCase(), Orders.until(status).toArray());
            List<Object> returned = new ArrayList<>(Orders.until(status));
            returned.add(new OrderStockReturned(ORDER, List.of()));
            table.state(status.name().toLowerCase() + ", stock is back", returned.toArray());
        }
        for (OrderStatus status : List.of(OrderStatus.SHIPPED, OrderStatus.DELIVERED)) {
            table.state(status.name().toLowerCase(), Orders.until(status).toArray());
        }
        table.row(place())
                .row(
                        "another one under the same key",
                        new PlaceOrder(ORDER, ANNA, LINES, null, OrderOrigin.DIRECT, Products.DEADLINE, "another"))
                .row(new RecallOrder(ORDER, ANNA, FINGERPRINT))
                .row(confirm())
                .row(new RejectOrder(ORDER, NO_DESK))
                .row(new CancelOrder(ORDER, BUYER))
                .row("by another customer", new CancelOrder(ORDER, STRANGER))
                .row(new ShipOrder(ORDER))
                .row(new DeliverOrder(ORDER))
                .row(new RecordStockReturn(ORDER, List.of()))
                .isOnThePage(OrderCommand.class);
    }
}
