package dev.kontor.command.order;

import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.order.Orders.BUYER;
import static dev.kontor.command.order.Orders.ORDER;
import static dev.kontor.command.order.Orders.cancelled;
import static dev.kontor.command.order.Orders.cancelledByTheShop;
import static dev.kontor.command.order.Orders.delivered;
import static dev.kontor.command.order.Orders.placed;
import static dev.kontor.command.order.Orders.shipped;
import static dev.kontor.command.order.Orders.until;

import dev.kontor.api.Precondition;
import dev.kontor.api.Refusal;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.order.OrderCommand;
import dev.kontor.api.order.OrderCommand.CancelOrder;
import dev.kontor.api.order.OrderCommand.DeliverOrder;
import dev.kontor.api.order.OrderCommand.RecordStockReturn;
import dev.kontor.api.order.OrderCommand.ShipOrder;
import dev.kontor.api.order.OrderEvent;
import dev.kontor.api.order.OrderEvent.OrderStockReturned;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.api.order.StockMovement;
import dev.kontor.command.platform.Scenario;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An order after its placement; for its decision see {@link OrderTest}. */
class OrderFulfilmentTest {

    private static final List<StockMovement> RETURNS = List.of(new StockMovement(LAMP, 7));

    private final Scenario<Order> order = Scenario.of(Order.class);

    @ParameterizedTest
    @EnumSource(
            value = OrderStatus.class,
            names = {"PLACED", "CONFIRMED"})
    void an_order_is_cancelled_before_it_is_shipped(OrderStatus status) {
        List<OrderEvent> history = until(status);

        order.given(history)
                .when(new CancelOrder(ORDER, BUYER))
                .then(cancelled(status))
                .answering((long) history.size());
    }

    @ParameterizedTest
    @EnumSource(
            value = OrderStatus.class,
            names = {"REJECTED", "SHIPPED", "DELIVERED"})
    void after_that_it_is_not(OrderStatus status) {
        order.given(until(status))
                .when(new CancelOrder(ORDER, BUYER))
                .thenRefused(new Refusal.WrongOrderStatus(status.name()));
    }

    @Test
    void an_order_is_cancelled_once() {
        order.given(until(OrderStatus.CANCELLED))
                .when(new CancelOrder(ORDER, BUYER))
                .thenNothing()
                .answering(2L);
    }

    @Test
    void an_order_is_cancelled_by_its_buyer_or_an_admin_alone() {
        Actor admin = new Actor(CustomerId.mint(), Role.ADMIN);
        Actor stranger = new Actor(CustomerId.mint(), Role.CUSTOMER);

        order.given(placed()).when(new CancelOrder(ORDER, admin)).then(cancelledByTheShop(OrderStatus.PLACED));
        Scenario.of(Order.class)
                .given(until(OrderStatus.CANCELLED))
                .when(new CancelOrder(ORDER, stranger))
                .thenRefused(new Refusal.NotYours());
    }

    @Test
    void an_admin_who_cancels_an_order_of_their_own_is_its_customer() {
        Actor admin = new Actor(BUYER.id(), Role.ADMIN);

        order.given(placed()).when(new CancelOrder(ORDER, admin)).then(cancelled(OrderStatus.PLACED));
    }

    @Test
    void a_confirmed_order_is_shipped_once() {
        order.given(until(OrderStatus.CONFIRMED))
                .when(new ShipOrder(ORDER))
                .then(shipped())
                .answering(2L);
        Scenario.of(Order.class)
                .given(until(OrderStatus.SHIPPED))
                .when(new ShipOrder(ORDER))
                .thenNothing()
                .answering(2L);
    }

    @ParameterizedTest
    @EnumSource(
            value = OrderStatus.class,
            names = {"PLACED", "REJECTED", "CANCELLED", "DELIVERED"})
    void no_other_order_is_shipped(OrderStatus status) {
        order.given(until(status)).when(new ShipOrder(ORDER)).thenRefused(new Refusal.WrongOrderStatus(status.name()));
    }

    @Test
    void a_shipped_order_is_delivered_once() {
        order.given(until(OrderStatus.SHIPPED))
                .when(new DeliverOrder(ORDER))
                .then(delivered())
                .answering(3L);
        Scenario.of(Order.class)
                .given(until(OrderStatus.DELIVERED))
                .when(new DeliverOrder(ORDER))
                .thenNothing()
                .answering(3L);
    }

    @ParameterizedTest
    @EnumSource(
            value = OrderStatus.class,
            names = {"PLACED", "CONFIRMED", "REJECTED", "CANCELLED"})
    void no_other_order_is_delivered(OrderStatus status) {
        order.given(until(status))
                .when(new DeliverOrder(ORDER))
                .thenRefused(new Refusal.WrongOrderStatus(status.name()));
    }

    static Stream<Arguments> endings() {
        return Stream.of(OrderStatus.values())
                .map(status -> Arguments.of(status, status == OrderStatus.REJECTED || status == OrderStatus.CANCELLED));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void only_a_rejected_or_cancelled_order_returns_stock(OrderStatus status, boolean returned) {
        Scenario.Outcome<Order> outcome = order.given(until(status)).when(new RecordStockReturn(ORDER, RETURNS));

        if (returned) {
            outcome.then(new OrderStockReturned(ORDER, RETURNS));
        } else {
            outcome.thenNothing();
        }
    }

    @Test
    void stock_is_returned_once() {
        order.given(until(OrderStatus.REJECTED))
                .given(new OrderStockReturned(ORDER, RETURNS))
                .when(new RecordStockReturn(ORDER, List.of()))
                .thenNothing()
                .answering(2L);
    }

    @Test
    void an_order_that_has_changed_is_neither_cancelled_nor_shipped_nor_delivered() {
        Precondition placed = new Precondition(List.of(0L));
        for (OrderCommand command : List.of(
                new CancelOrder(ORDER, BUYER, placed), new ShipOrder(ORDER, placed), new DeliverOrder(ORDER, placed))) {
            Scenario.of(Order.class)
                    .given(until(OrderStatus.CONFIRMED))
                    .when(command)
                    .thenRefused(new Refusal.PreconditionFailed(1));
        }
        order.given(until(OrderStatus.CONFIRMED))
                .when(new ShipOrder(ORDER, new Precondition(List.of(1L))))
                .then(shipped())
                .answering(2L);
    }
}
