package dev.kontor.command.order;

import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.PRICE;
import static dev.kontor.command.catalog.Products.SELLER;
import static dev.kontor.command.order.Orders.ANNA;
import static dev.kontor.command.platform.Scenario.NOON;
import static dev.kontor.testsupport.GrpcCalls.answerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import dev.kontor.api.Refusal;
import dev.kontor.api.cart.CartCommand.RecallCheckout;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.catalog.ProductCommand.QuoteProduct;
import dev.kontor.api.catalog.ProductQuote;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderCommand.CancelOrder;
import dev.kontor.api.order.OrderCommand.PlaceOrder;
import dev.kontor.api.order.OrderCommand.RecallOrder;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.command.platform.ScriptedAggregates;
import dev.kontor.command.request.Effects;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.OutcomeUnknownException;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Written;
import dev.kontor.proto.order.CancelOrderRequest;
import dev.kontor.proto.order.PlaceOrderLine;
import dev.kontor.proto.order.PlaceOrderRequest;
import dev.kontor.testsupport.MutableClock;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderCommandServiceTest {

    private static final OrderId MINTED = new OrderId("0197a3c2-0000-7000-8000-0000000000f1");
    private static final OrderId CHECKOUT = OrderId.ofCheckout(ANNA, 1);
    private static final CancelOrder CANCEL = new CancelOrder(CHECKOUT, new Actor(ANNA, Role.CUSTOMER));
    private static final String FINGERPRINT =
            OrderPlacement.fingerprint(List.of(new CartLine(LAMP, new Quantity(2))), null);
    private static final Caller CALLER =
            new Caller(ANNA.value(), "CUSTOMER", "session-1", 1, NOON.plusSeconds(900), "token");

    private final ScriptedAggregates aggregates = new ScriptedAggregates();
    private final InMemoryUnshippedOrders unshipped = new InMemoryUnshippedOrders();
    private final OrderBounds bounds = Placements.bounds(unshipped, new MutableClock(NOON), 3, 10);
    private final DecisionDelay delay = mock();
    private final OrderCommandService endpoint = new OrderCommandService(
            aggregates.commands(),
            new Effects(aggregates.commands(), null),
            Placements.by(aggregates.commands(), new MutableClock(NOON), bounds),
            delay);

    private void lampIsListed(boolean listed) {
        aggregates.answer(
                QuoteProduct.class, quote -> new ProductQuote(quote.productId(), SELLER, "Lamp", PRICE, listed));
    }

    private Written place() {
        PlaceOrderRequest request = PlaceOrderRequest.newBuilder()
                .setOrderId(MINTED.value())
                .addLines(PlaceOrderLine.newBuilder().setProductId(LAMP.value()).setQuantity(2))
                .build();
        return answerTo(answer -> endpoint.placeOrder(request, answer));
    }

    private Written cancel() {
        CancelOrderRequest request =
                CancelOrderRequest.newBuilder().setOrderId(CHECKOUT.value()).build();
        return answerTo(answer -> endpoint.cancelOrder(request, answer));
    }

    private static Written answerTo(Consumer<StreamObserver<Written>> call) {
        return answerOf(CALLER.in(Context.ROOT), call);
    }

    @Test
    void an_order_of_an_open_checkout_is_not_answered_as_unknown() {
        aggregates.refuse(CANCEL, new Refusal.Unknown());
        aggregates.answer(RecallCheckout.class, checkout -> true);

        RefusedException refused = catchThrowableOfType(RefusedException.class, this::cancel);

        assertThat(refused.problem()).isEqualTo(Problem.CONFLICT);
        assertThat(refused.detail()).contains("being placed");
    }

    @Test
    void an_order_that_was_placed_while_its_checkout_was_asked_for_is_cancelled() {
        aggregates.refuse(CANCEL, new Refusal.Unknown());
        aggregates.answer(RecallCheckout.class, checkout -> {
            aggregates.accept(CANCEL);
            return false;
        });

        assertThat(cancel().getId()).isEqualTo(CHECKOUT.value());
    }

    @Test
    void an_order_that_no_checkout_becomes_is_unknown() {
        aggregates.refuse(CANCEL, new Refusal.Unknown());
        aggregates.refuse(new RecallCheckout(ANNA, CHECKOUT), new Refusal.Unknown());

        RefusedException refused = catchThrowableOfType(RefusedException.class, this::cancel);

        assertThat(refused.problem()).isEqualTo(Problem.ORDER_NOT_FOUND);
    }

    @Test
    void an_order_without_a_key_asks_for_no_earlier_one() {
        lampIsListed(true);
        aggregates.answer(PlaceOrder.class, order -> 0L);

        assertThat(place().getId()).isEqualTo(MINTED.value());

        assertThat(aggregates.sent()).hasOnlyElementsOfTypes(QuoteProduct.class, PlaceOrder.class);
    }

    @Test
    void while_orders_wait_too_long_for_their_decision_none_is_placed() {
        doThrow(new RefusedException(Problem.OVERLOADED, "later")).when(delay).requireShort();

        RefusedException refused = catchThrowableOfType(RefusedException.class, this::place);

        assertThat(refused.problem()).isEqualTo(Problem.OVERLOADED);
        assertThat(aggregates.sent()).isEmpty();
    }

    @Test
    void an_order_whose_answer_was_lost_is_answered_again_though_a_product_was_delisted_since() {
        lampIsListed(false);
        aggregates.answer(RecallOrder.class, order -> 3L);

        assertThat(place())
                .isEqualTo(
                        Written.newBuilder().setId(MINTED.value()).setVersion(3).build());
    }

    @Test
    void an_order_of_what_is_delisted_is_refused_as_such() {
        lampIsListed(false);
        aggregates.refuse(new RecallOrder(MINTED, ANNA, FINGERPRINT), new Refusal.Unknown());

        RefusedException refused = catchThrowableOfType(RefusedException.class, this::place);

        assertThat(refused.problem()).isEqualTo(Problem.PRODUCT_DELISTED);
    }

    @ParameterizedTest
    @ValueSource(classes = {QuoteProduct.class, PlaceOrder.class})
    void an_unknown_outcome_of_a_placement_is_not_answered_as_a_refusal(Class<?> lost) {
        lampIsListed(true);
        aggregates.loseAnswersTo(lost);

        assertThatThrownBy(this::place).isInstanceOf(OutcomeUnknownException.class);

        assertThat(aggregates.sent()).doesNotHaveAnyElementsOfTypes(RecallOrder.class);
    }

    @Test
    void a_failed_query_for_an_earlier_order_does_not_count_as_none() {
        lampIsListed(false);
        aggregates.loseAnswersTo(RecallOrder.class);

        assertThatThrownBy(this::place).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void an_order_of_more_than_may_be_open_is_refused_before_anything_is_written() {
        lampIsListed(true);
        unshipped.put(OrderId.mint(), ANNA, 9);
        aggregates.refuse(new RecallOrder(MINTED, ANNA, FINGERPRINT), new Refusal.Unknown());

        RefusedException refused = catchThrowableOfType(RefusedException.class, this::place);

        assertThat(refused.problem()).isEqualTo(Problem.TOO_MANY_OPEN_ORDERS);
        assertThat(aggregates.sent()).doesNotHaveAnyElementsOfTypes(PlaceOrder.class);
        assertThat(bounds.unitsLeft(ANNA)).isEqualTo(1);
    }

    @Test
    void an_order_whose_answer_was_lost_is_answered_again_though_nothing_more_may_be_ordered() {
        lampIsListed(true);
        unshipped.put(OrderId.mint(), ANNA, 9);
        aggregates.answer(RecallOrder.class, order -> 3L);

        assertThat(place().getVersion()).isEqualTo(3);
    }

    @Test
    void an_order_that_is_refused_is_not_counted() {
        lampIsListed(true);
        aggregates.refuse(
                new PlaceOrder(
                        MINTED,
                        ANNA,
                        List.of(Orders.TWO_LAMPS),
                        null,
                        OrderOrigin.DIRECT,
                        NOON.plusSeconds(60),
                        FINGERPRINT),
                new Refusal.KeyReused());

        RefusedException refused = catchThrowableOfType(RefusedException.class, this::place);

        assertThat(refused.problem()).isEqualTo(Problem.KEY_REUSED);
        assertThat(bounds.unitsLeft(ANNA)).isEqualTo(10);
    }

    @Test
    void an_order_that_may_have_been_placed_is_counted() {
        lampIsListed(true);
        aggregates.loseAnswersTo(PlaceOrder.class);

        assertThatThrownBy(this::place).isInstanceOf(OutcomeUnknownException.class);

        assertThat(bounds.unitsLeft(ANNA)).isEqualTo(8);
    }
}
