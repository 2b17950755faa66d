package dev.kontor.command.order;

import static dev.kontor.command.catalog.Products.DEADLINE;
import static dev.kontor.command.catalog.Products.DESK;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.SELLER;
import static dev.kontor.command.catalog.Products.level;
import static dev.kontor.command.catalog.Products.refused;
import static dev.kontor.command.order.Orders.NO_DESK;
import static dev.kontor.command.order.Orders.ORDER;
import static dev.kontor.command.order.Orders.cancelled;
import static dev.kontor.command.order.Orders.confirmed;
import static dev.kontor.command.order.Orders.placed;
import static dev.kontor.command.order.Orders.rejected;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.Refusal;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductCommand.ReleaseStock;
import dev.kontor.api.catalog.ProductCommand.ReserveStock;
import dev.kontor.api.catalog.ProductEvent.StockAdded;
import dev.kontor.api.catalog.ProductEvent.StockReservationRefused;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.ReserveStockResult;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderCommand.ConfirmOrder;
import dev.kontor.api.order.OrderCommand.RecordStockReturn;
import dev.kontor.api.order.OrderCommand.RejectOrder;
import dev.kontor.api.order.OrderEvent;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.RejectionReason;
import dev.kontor.api.order.StockMovement;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.ScriptedAggregates;
import dev.kontor.grpc.platform.OutcomeUnknownException;
import java.util.List;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.test.FixtureExecutionException;
import org.axonframework.test.saga.FixtureExecutionResult;
import org.axonframework.test.saga.SagaTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlaceOrderSagaTest {

    private static final Money RESERVED_PRICE = new Money(2_222, "EUR");
    private static final ReserveStock ASK_FOR_LAMPS = new ReserveStock(LAMP, ORDER, new Quantity(2), DEADLINE);
    private static final ReserveStock ASK_FOR_DESK = new ReserveStock(DESK, ORDER, new Quantity(1), DEADLINE);
    private static final StockReserved LAMPS = reserved(LAMP, 2);
    private static final StockReserved A_DESK = reserved(DESK, 1);
    private static final StockReservationRefused NO_LAMPS = refused(LAMP, ORDER, 2, "product-delisted", level(7, 0));
    private static final StockReservationRefused NO_DESKS = refused(DESK, ORDER, 1, "insufficient-stock", level(0, 3));
    private static final ConfirmOrder CONFIRM = new ConfirmOrder(
            ORDER,
            List.of(
                    new OrderLine(LAMP, new Quantity(2), SELLER, "Lamp", RESERVED_PRICE),
                    new OrderLine(DESK, new Quantity(1), SELLER, "Lamp", RESERVED_PRICE)),
            List.of(new StockMovement(LAMP, 1), new StockMovement(DESK, 0)));
    private static final RejectOrder REJECT_FOR_DESK = new RejectOrder(ORDER, NO_DESK);
    private static final RejectOrder REJECT_FOR_BOTH = new RejectOrder(
            ORDER,
            Rejection.ofLines(List.of(
                    new Rejection.Line(LAMP, "product-delisted", 7),
                    new Rejection.Line(DESK, "insufficient-stock", 0))));

    private final SagaTestFixture<PlaceOrderSaga> fixture = new SagaTestFixture<>(PlaceOrderSaga.class);
    private final ScriptedAggregates aggregates = new ScriptedAggregates();

    @BeforeEach
    void real_commands() {
        Commands commands = ScriptedAggregates.commandsOver(fixture.getCommandBus());
        fixture.setCallbackBehavior(aggregates);
        fixture.registerListenerInvocationErrorHandler(PropagatingErrorHandler.instance());
        fixture.registerResourceInjector(saga -> ((PlaceOrderSaga) saga).use(commands, new StockReturn(commands)));
    }

    private static StockReserved reserved(ProductId product, long quantity) {
        return new StockReserved(
                product, ORDER, new Quantity(quantity), SELLER, "Lamp", RESERVED_PRICE, DEADLINE, level(5, 5));
    }

    private PlaceOrderSagaTest given(OrderEvent event) {
        fixture.givenAggregate(ORDER.value()).published(event);
        return this;
    }

    private PlaceOrderSagaTest given(ProductId product, Object... events) {
        fixture.givenAggregate(product.value()).published(events);
        return this;
    }

    private FixtureExecutionResult when(OrderEvent event) {
        return fixture.whenAggregate(ORDER.value()).publishes(event);
    }

    private FixtureExecutionResult when(ProductId product, Object event) {
        return fixture.whenAggregate(product.value()).publishes(event);
    }

    @Test
    void every_product_is_asked_for_its_line() {
        when(placed()).expectDispatchedCommands(ASK_FOR_LAMPS, ASK_FOR_DESK).expectActiveSagas(1);
    }

    private static ReserveStockResult atOnce(ReserveStock command) {
        return command.equals(ASK_FOR_LAMPS)
                ? new ReserveStockResult(1, LAMPS, null)
                : new ReserveStockResult(0, A_DESK, null);
    }

    @Test
    void an_order_that_all_products_answer_at_once_is_confirmed_and_its_saga_ends() {
        aggregates
                .answer(ReserveStock.class, PlaceOrderSagaTest::atOnce)
                .answer(ConfirmOrder.class, confirm -> OrderStatus.CONFIRMED);

        when(placed())
                .expectDispatchedCommands(ASK_FOR_LAMPS, ASK_FOR_DESK, CONFIRM)
                .expectActiveSagas(0);
    }

    @Test
    void events_of_a_saga_that_has_ended_have_no_effect() {
        aggregates
                .answer(ReserveStock.class, PlaceOrderSagaTest::atOnce)
                .answer(ConfirmOrder.class, confirm -> OrderStatus.CONFIRMED);

        given(placed())
                .given(LAMP, new StockAdded(LAMP, 1, level(1, 0)), LAMPS)
                .given(DESK, A_DESK)
                .when(confirmed())
                .expectNoDispatchedCommands()
                .expectActiveSagas(0);
    }

    @ParameterizedTest
    @EnumSource(names = "CONFIRMED", mode = EnumSource.Mode.EXCLUDE)
    void a_saga_ends_with_its_order_if_that_is_not_confirmed(OrderStatus status) {
        aggregates.answer(ReserveStock.class, PlaceOrderSagaTest::atOnce).answer(ConfirmOrder.class, confirm -> status);

        when(placed())
                .expectDispatchedCommands(ASK_FOR_LAMPS, ASK_FOR_DESK, CONFIRM)
                .expectActiveSagas(1);
    }

    @Test
    void an_order_that_is_refused_at_once_is_rejected_and_its_saga_gives_back_what_is_reserved() {
        aggregates.answer(
                ReserveStock.class,
                command -> command.equals(ASK_FOR_LAMPS)
                        ? new ReserveStockResult(1, LAMPS, null)
                        : new ReserveStockResult(0, null, NO_DESKS));

        when(placed())
                .expectDispatchedCommands(ASK_FOR_LAMPS, ASK_FOR_DESK, REJECT_FOR_DESK)
                .expectActiveSagas(1);
    }

    @Test
    void the_event_of_a_product_that_has_answered_before_is_awaited() {
        aggregates
                .answer(
                        ReserveStock.class,
                        command -> command.equals(ASK_FOR_LAMPS)
                                ? new ReserveStockResult(1, null, null)
                                : new ReserveStockResult(0, A_DESK, null))
                .answer(ConfirmOrder.class, confirm -> OrderStatus.CONFIRMED);

        given(placed())
                .given(DESK, A_DESK)
                .when(LAMP, LAMPS)
                .expectDispatchedCommands(new ConfirmOrder(
                        ORDER,
                        CONFIRM.lines().reversed(),
                        List.of(new StockMovement(DESK, 0), new StockMovement(LAMP, 0))))
                .expectActiveSagas(0);
    }

    @Test
    void one_answer_is_not_enough() {
        given(placed()).when(LAMP, LAMPS).expectNoDispatchedCommands().expectActiveSagas(1);
    }

    @Test
    void when_all_is_reserved_the_order_is_confirmed_at_the_reserved_prices() {
        given(placed())
                .given(LAMP, new StockAdded(LAMP, 1, level(1, 0)), LAMPS)
                .when(DESK, A_DESK)
                .expectDispatchedCommands(CONFIRM);
    }

    @Test
    void one_refusal_waits_for_the_other_answers() {
        given(placed()).when(DESK, NO_DESKS).expectNoDispatchedCommands().expectActiveSagas(1);
    }

    @Test
    void with_one_line_refused_the_order_is_rejected() {
        given(placed()).given(DESK, NO_DESKS).when(LAMP, LAMPS).expectDispatchedCommands(REJECT_FOR_DESK);
    }

    @Test
    void every_refused_line_is_named() {
        given(placed()).given(LAMP, NO_LAMPS).when(DESK, NO_DESKS).expectDispatchedCommands(REJECT_FOR_BOTH);
    }

    @Test
    void an_answer_given_twice_counts_once() {
        given(placed()).given(LAMP, LAMPS).when(LAMP, LAMPS).expectNoDispatchedCommands();
    }

    @Test
    void a_refusal_given_twice_counts_once() {
        given(placed()).given(DESK, NO_DESKS).when(DESK, NO_DESKS).expectNoDispatchedCommands();
    }

    @Test
    void the_first_of_two_answers_counts() {
        given(placed()).given(LAMP, LAMPS, NO_LAMPS).when(DESK, NO_DESKS).expectDispatchedCommands(REJECT_FOR_DESK);
    }

    @Test
    void answers_to_another_order_do_not_count() {
        StockReserved anothers = new StockReserved(
                DESK, OrderId.mint(), new Quantity(1), SELLER, "x", RESERVED_PRICE, DEADLINE, level(0, 1));

        given(placed()).given(LAMP, LAMPS).when(DESK, anothers).expectNoDispatchedCommands();
    }

    @Test
    void a_product_that_does_not_exist_counts_as_refused() {
        aggregates.refuse(ASK_FOR_LAMPS, new Refusal.Unknown());

        given(placed())
                .when(DESK, A_DESK)
                .expectDispatchedCommands(new RejectOrder(
                        ORDER, Rejection.ofLines(List.of(new Rejection.Line(LAMP, "unknown-product", 0)))));
    }

    @Test
    void no_reply_is_awaited_from_unknown_products() {
        aggregates.refuse(ASK_FOR_LAMPS, new Refusal.Unknown()).refuse(ASK_FOR_DESK, new Refusal.Unknown());

        when(placed())
                .expectDispatchedCommands(
                        ASK_FOR_LAMPS,
                        ASK_FOR_DESK,
                        new RejectOrder(
                                ORDER,
                                Rejection.ofLines(List.of(
                                        new Rejection.Line(LAMP, "unknown-product", 0),
                                        new Rejection.Line(DESK, "unknown-product", 0)))));
    }

    @Test
    void a_repeated_order_event_asks_again_and_decides_no_sooner() {
        aggregates.refuse(ASK_FOR_LAMPS, new Refusal.Unknown());

        given(placed())
                .when(placed())
                .expectDispatchedCommands(ASK_FOR_LAMPS, ASK_FOR_DESK)
                .expectActiveSagas(1);
    }

    @Test
    void any_other_failure_to_ask_is_tried_again() {
        aggregates.fail(ASK_FOR_DESK, new IllegalStateException("disk full"));

        assertThatThrownBy(() -> when(placed()))
                .isInstanceOf(FixtureExecutionException.class)
                .hasStackTraceContaining("disk full");
    }

    @Test
    void a_confirmed_order_has_what_it_asked_for() {
        given(placed())
                .given(LAMP, LAMPS)
                .given(DESK, A_DESK)
                .when(confirmed())
                .expectNoDispatchedCommands()
                .expectActiveSagas(0);
    }

    @Test
    void the_reservations_of_a_rejected_order_are_released_line_by_line() {
        aggregates.answer(ReleaseStock.class, release -> release.productId().equals(LAMP) ? 12L : 34L);

        given(placed())
                .given(LAMP, LAMPS)
                .when(rejected(Rejection.of(RejectionReason.ORDER_EXPIRED)))
                .expectDispatchedCommands(
                        new ReleaseStock(LAMP, ORDER, DEADLINE),
                        new ReleaseStock(DESK, ORDER, DEADLINE),
                        new RecordStockReturn(ORDER, List.of(new StockMovement(LAMP, 12), new StockMovement(DESK, 34))))
                .expectActiveSagas(0);
    }

    @Test
    void an_unknown_product_has_nothing_to_release() {
        aggregates.refuse(new ReleaseStock(LAMP, ORDER, DEADLINE), new Refusal.Unknown());

        given(placed())
                .when(rejected(NO_DESK))
                .expectDispatchedCommands(
                        new ReleaseStock(LAMP, ORDER, DEADLINE),
                        new ReleaseStock(DESK, ORDER, DEADLINE),
                        new RecordStockReturn(ORDER, List.of(new StockMovement(DESK, 1))))
                .expectActiveSagas(0);
    }

    @Test
    void a_pending_release_is_retried() {
        aggregates.fail(new ReleaseStock(DESK, ORDER, DEADLINE), new IllegalStateException("disk full"));
        given(placed());

        assertThatThrownBy(() -> when(rejected(NO_DESK))).hasStackTraceContaining("disk full");
    }

    @Test
    void a_cancelled_order_is_left_to_the_stock_policy() {
        given(placed())
                .given(LAMP, LAMPS)
                .when(cancelled(OrderStatus.PLACED))
                .expectNoDispatchedCommands()
                .expectActiveSagas(0);
    }

    @Test
    void an_answer_to_a_decided_order_has_no_effect() {
        given(placed())
                .given(rejected(NO_DESK))
                .when(LAMP, LAMPS)
                .expectNoDispatchedCommands()
                .expectActiveSagas(0);
    }

    @Test
    void a_silent_product_does_not_count_as_an_unknown_one() {
        aggregates.loseAnswersTo(ReserveStock.class);

        assertThatThrownBy(() -> when(placed())).hasStackTraceContaining(OutcomeUnknownException.class.getName());
    }
}
