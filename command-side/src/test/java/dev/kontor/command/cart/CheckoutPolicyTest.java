package dev.kontor.command.cart;

import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.PRICE;
import static dev.kontor.command.catalog.Products.SELLER;
import static dev.kontor.command.platform.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.Refusal;
import dev.kontor.api.cart.CartCommand.CompleteCheckout;
import dev.kontor.api.cart.CartCommand.ReopenCart;
import dev.kontor.api.cart.CartEvent.CartCheckedOut;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.catalog.ProductCommand.QuoteProduct;
import dev.kontor.api.catalog.ProductQuote;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.CancelledBy;
import dev.kontor.api.order.OrderCommand.PlaceOrder;
import dev.kontor.api.order.OrderEvent.OrderCancelled;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderRejected;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.RejectionReason;
import dev.kontor.command.order.Placements;
import dev.kontor.command.platform.CommandRefusals;
import dev.kontor.command.platform.ScriptedAggregates;
import dev.kontor.grpc.platform.OutcomeUnknownException;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.testsupport.MutableClock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckoutPolicyTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final OrderId ORDER = OrderId.mint();
    private static final List<OrderLine> LINES = List.of(new OrderLine(LAMP, new Quantity(2), SELLER, "Lamp", PRICE));
    private static final CartCheckedOut CHECKED_OUT =
            new CartCheckedOut(ANNA, ORDER, List.of(new CartLine(LAMP, new Quantity(2))));

    private final MutableClock clock = new MutableClock(NOON);
    private final ScriptedAggregates aggregates = new ScriptedAggregates()
            .answer(QuoteProduct.class, quote -> new ProductQuote(quote.productId(), SELLER, "Lamp", PRICE, false));
    private final CheckoutPolicy policy =
            new CheckoutPolicy(aggregates.commands(), Placements.by(aggregates.commands(), clock));

    private static OrderConfirmed confirmed(OrderOrigin origin) {
        return new OrderConfirmed(ORDER, ANNA, origin, LINES, PRICE, List.of());
    }

    private static OrderRejected rejected(OrderOrigin origin) {
        return new OrderRejected(ORDER, ANNA, origin, Rejection.of(RejectionReason.ORDER_EXPIRED), List.of(LAMP), NOON);
    }

    private static OrderCancelled cancelled(OrderOrigin origin) {
        return new OrderCancelled(ORDER, ANNA, origin, OrderStatus.PLACED, CancelledBy.CUSTOMER, List.of(LAMP), NOON);
    }

    @Test
    void a_cart_that_is_checked_out_becomes_an_order_though_a_product_is_delisted() {
        policy.on(CHECKED_OUT);

        assertThat(aggregates.sent()).hasSize(2).last().isInstanceOfSatisfying(PlaceOrder.class, place -> {
            assertThat(place.orderId()).isEqualTo(ORDER);
            assertThat(place.customerId()).isEqualTo(ANNA);
            assertThat(place.lines()).isEqualTo(LINES);
            assertThat(place.expectedTotal()).isNull();
            assertThat(place.origin()).isEqualTo(OrderOrigin.CART);
            assertThat(place.deadline()).isEqualTo(NOON.plusSeconds(60));
        });
    }

    @Test
    void a_repeated_checkout_event_asks_for_the_same_order() {
        policy.on(CHECKED_OUT);
        PlaceOrder first = (PlaceOrder) aggregates.sent().getLast();
        clock.set(NOON.plusSeconds(10));

        policy.on(CHECKED_OUT);

        PlaceOrder second = (PlaceOrder) aggregates.sent().getLast();
        assertThat(second.orderId()).isEqualTo(first.orderId());
        assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
    }

    @Test
    void a_checkout_that_is_refused_reopens_the_cart_and_blocks_no_other() {
        aggregates.refuse(new QuoteProduct(LAMP), new Refusal.Unknown());

        policy.on(CHECKED_OUT);

        assertThat(aggregates.sent()).last().isEqualTo(new ReopenCart(ANNA, ORDER));
    }

    @Test
    void a_confirmed_order_completes_its_cart_s_checkout() {
        policy.on(confirmed(OrderOrigin.CART));

        assertThat(aggregates.sent()).containsExactly(new CompleteCheckout(ANNA, ORDER));
    }

    @Test
    void a_rejected_or_cancelled_order_reopens_its_cart() {
        policy.on(rejected(OrderOrigin.CART));
        policy.on(cancelled(OrderOrigin.CART));

        assertThat(aggregates.sent()).containsExactly(new ReopenCart(ANNA, ORDER), new ReopenCart(ANNA, ORDER));
    }

    @Test
    void the_outcome_of_an_order_without_a_cart_is_sent_to_no_cart() {
        policy.on(confirmed(OrderOrigin.DIRECT));
        policy.on(rejected(OrderOrigin.DIRECT));
        policy.on(cancelled(OrderOrigin.DIRECT));

        assertThat(aggregates.sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {QuoteProduct.class, PlaceOrder.class})
    void a_checkout_whose_order_may_have_been_placed_leaves_the_cart_and_is_repeated(Class<?> lost) {
        aggregates.loseAnswersTo(lost);

        assertThatThrownBy(() -> policy.on(CHECKED_OUT)).isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(() -> policy.on(CHECKED_OUT)).isInstanceOf(OutcomeUnknownException.class);

        assertThat(aggregates.sent())
                .doesNotHaveAnyElementsOfTypes(ReopenCart.class)
                .filteredOn(lost::isInstance)
                .hasSize(2);
    }

    @Test
    void a_checkout_whose_order_lost_every_race_is_handled_again() {
        aggregates.answer(PlaceOrder.class, order -> {
            throw CommandRefusals.with(new Refusal.ConcurrentWrite());
        });

        assertThatThrownBy(() -> policy.on(CHECKED_OUT)).isInstanceOf(RefusedException.class);

        assertThat(aggregates.sent()).doesNotHaveAnyElementsOfTypes(ReopenCart.class);
    }
}
