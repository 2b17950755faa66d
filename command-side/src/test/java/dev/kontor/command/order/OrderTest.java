package dev.kontor.command.order;

import static dev.kontor.command.catalog.Products.DEADLINE;
import static dev.kontor.command.catalog.Products.DESK;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.order.Orders.ANNA;
import static dev.kontor.command.order.Orders.BUYER;
import static dev.kontor.command.order.Orders.FINGERPRINT;
import static dev.kontor.command.order.Orders.LINES;
import static dev.kontor.command.order.Orders.NO_DESK;
import static dev.kontor.command.order.Orders.ORDER;
import static dev.kontor.command.order.Orders.TOTAL;
import static dev.kontor.command.order.Orders.confirm;
import static dev.kontor.command.order.Orders.confirmed;
import static dev.kontor.command.order.Orders.place;
import static dev.kontor.command.order.Orders.placed;
import static dev.kontor.command.order.Orders.rejected;
import static dev.kontor.command.order.Orders.until;

import dev.kontor.api.Refusal;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.order.OrderCommand.CancelOrder;
import dev.kontor.api.order.OrderCommand.ConfirmOrder;
import dev.kontor.api.order.OrderCommand.DeliverOrder;
import dev.kontor.api.order.OrderCommand.PlaceOrder;
import dev.kontor.api.order.OrderCommand.RecallOrder;
import dev.kontor.api.order.OrderCommand.RecordStockReturn;
import dev.kontor.api.order.OrderCommand.RejectOrder;
import dev.kontor.api.order.OrderCommand.ShipOrder;
import dev.kontor.api.order.OrderEvent;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.RejectionReason;
import dev.kontor.api.order.StockMovement;
import dev.kontor.command.platform.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The placement and decision of an order. */
class OrderTest {

    private static final List<StockMovement> RETURNS = List.of(new StockMovement(LAMP, 7));

    private static final List<OrderLine> TWO_CURRENCIES =
            List.of(Orders.TWO_LAMPS, Orders.line(DESK, 1, new Money(100, "USD")));

    private final Scenario<Order> order = Scenario.of(Order.class);

    @Test
    void an_order_is_placed() {
        order.when(place()).then(placed());
    }

    @ParameterizedTest
    @EnumSource(OrderStatus.class)
    void the_same_order_placed_again_changes_nothing(OrderStatus status) {
        List<OrderEvent> history = until(status);

        order.given(history).when(place()).thenNothing().answering(history.size() - 1L);
    }

    @Test
    void the_same_order_placed_again_later_and_at_another_price_is_the_same_order() {
        PlaceOrder again = new PlaceOrder(
                ORDER,
                ANNA,
                List.of(Orders.line(LAMP, 2, new Money(1, "EUR"))),
                null,
                OrderOrigin.DIRECT,
                DEADLINE.plusSeconds(60),
                FINGERPRINT);

        order.given(placed()).when(again).thenNothing();
    }

    @Test
    void a_key_does_not_stand_for_two_orders() {
        PlaceOrder another =
                new PlaceOrder(ORDER, ANNA, LINES, null, OrderOrigin.DIRECT, DEADLINE, "another fingerprint");

        order.given(placed()).when(another).thenRefused(new Refusal.KeyReused());
    }

    @Test
    void an_order_is_not_placed_again_by_another_customer() {
        PlaceOrder anothers =
                new PlaceOrder(ORDER, CustomerId.mint(), LINES, null, OrderOrigin.DIRECT, DEADLINE, FINGERPRINT);

        order.given(placed()).when(anothers).thenRefused(new Refusal.KeyReused());
    }

    @Test
    void an_order_is_recalled_by_what_was_asked() {
        order.given(placed(), confirmed())
                .when(new RecallOrder(ORDER, ANNA, FINGERPRINT))
                .thenNothing()
                .answering(1L);
        Scenario.of(Order.class)
                .given(placed())
                .when(new RecallOrder(ORDER, ANNA, "another fingerprint"))
                .thenRefused(new Refusal.KeyReused());
        Scenario.of(Order.class)
                .given(placed())
                .when(new RecallOrder(ORDER, CustomerId.mint(), FINGERPRINT))
                .thenRefused(new Refusal.KeyReused());
    }

    @Test
    void an_order_that_was_never_placed_is_not_recalled() {
        order.when(new RecallOrder(ORDER, ANNA, FINGERPRINT)).thenUnknown();
    }

    @Test
    void an_order_is_confirmed_at_the_reserved_prices() {
        List<OrderLine> dearer = List.of(Orders.line(LAMP, 2, new Money(3_000_000_000L, "EUR")));

        order.given(placed())
                .when(new ConfirmOrder(ORDER, dearer, RETURNS))
                .then(new OrderConfirmed(
                        ORDER, ANNA, OrderOrigin.DIRECT, dearer, new Money(6_000_000_000L, "EUR"), RETURNS))
                .answering(OrderStatus.CONFIRMED);
    }

    @Test
    void an_order_is_confirmed_at_the_expected_total() {
        order.given(placed(TOTAL, OrderOrigin.CART)).when(confirm()).then(confirmed(OrderOrigin.CART));
    }

    @Test
    void an_order_at_another_total_than_expected_is_rejected() {
        Money expected = new Money(TOTAL.amount() - 1, "EUR");

        order.given(placed(expected, OrderOrigin.DIRECT))
                .when(confirm())
                .then(rejected(Rejection.of(RejectionReason.PRICE_CHANGED)))
                .answering(OrderStatus.REJECTED);
    }

    @Test
    void an_order_of_two_currencies_is_not_placed() {
        order.when(new PlaceOrder(ORDER, ANNA, TWO_CURRENCIES, null, OrderOrigin.DIRECT, DEADLINE, FINGERPRINT))
                .thenRefused(new Refusal.CurrencyMismatch("EUR", "USD"));
    }

    /** A log from before the shop's currency was fixed may have one. It has no total in one currency. */
    @Test
    void an_old_order_of_two_currencies_is_rejected_and_never_confirmed() {
        order.given(new OrderPlaced(ORDER, ANNA, TWO_CURRENCIES, null, OrderOrigin.DIRECT, DEADLINE, FINGERPRINT))
                .when(new ConfirmOrder(ORDER, TWO_CURRENCIES, List.of()))
                .then(Orders.rejected(Rejection.of(RejectionReason.CURRENCY_MISMATCH)));
    }

    @Test
    void an_order_in_another_currency_than_expected_is_rejected() {
        order.given(placed(new Money(TOTAL.amount(), "USD"), OrderOrigin.DIRECT))
                .when(confirm())
                .then(rejected(Rejection.of(RejectionReason.PRICE_CHANGED)));
    }

    @Test
    void an_order_is_rejected_for_its_lines() {
        order.given(placed())
                .when(new RejectOrder(ORDER, NO_DESK))
                .then(rejected(NO_DESK))
                .answering(OrderStatus.REJECTED);
    }

    @ParameterizedTest
    @EnumSource(value = OrderStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "PLACED")
    void a_decision_is_final(OrderStatus status) {
        List<OrderEvent> history = until(status);

        Scenario.of(Order.class)
                .given(history)
                .when(new RejectOrder(ORDER, NO_DESK))
                .thenNothing()
                .answering(status);
        Scenario.of(Order.class).given(history).when(confirm()).thenNothing().answering(status);
    }

    static List<Object> commandsToNoOrder() {
        return List.of(
                confirm(),
                new RejectOrder(ORDER, NO_DESK),
                new CancelOrder(ORDER, BUYER),
                new ShipOrder(ORDER),
                new DeliverOrder(ORDER),
                new RecordStockReturn(ORDER, RETURNS));
    }

    @ParameterizedTest
    @MethodSource("commandsToNoOrder")
    void an_order_that_was_never_placed_is_unknown(Object command) {
        order.when(command).thenUnknown();
    }
}
