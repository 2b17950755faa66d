package dev.kontor.command.order;

import static dev.kontor.command.catalog.Products.DEADLINE;
import static dev.kontor.command.catalog.Products.DESK;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.order.Orders.ORDER;
import static dev.kontor.command.platform.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.Refusal;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.catalog.ProductCommand.ReleaseStock;
import dev.kontor.api.catalog.ProductCommand.ReserveStock;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderCommand.RecordStockReturn;
import dev.kontor.api.order.OrderCommand.RejectOrder;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.RejectionReason;
import dev.kontor.api.order.StockMovement;
import dev.kontor.command.order.UndecidedOrders.UndecidedOrder;
import dev.kontor.command.platform.ScriptedAggregates;
import dev.kontor.command.platform.ScriptedLag;
import dev.kontor.testsupport.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderSweeperTest {

    private static final Instant SLOW_FROM = NOON.plusSeconds(20);
    private static final Quantity TWO = new Quantity(2);
    private static final Quantity ONE = new Quantity(1);
    private static final RejectOrder EXPIRE = new RejectOrder(ORDER, Rejection.of(RejectionReason.ORDER_EXPIRED));
    private static final ReleaseStock RELEASE_LAMPS = new ReleaseStock(LAMP, ORDER, DEADLINE);
    private static final ReleaseStock RELEASE_DESK = new ReleaseStock(DESK, ORDER, DEADLINE);

    private final InMemoryUndecidedOrders undecidedOrders = new InMemoryUndecidedOrders();
    private final ScriptedAggregates aggregates = new ScriptedAggregates();
    private final ScriptedLag lag = new ScriptedLag();
    private final MutableClock clock = new MutableClock(NOON);
    private final OrderSweeper sweeper = new OrderSweeper(
            undecidedOrders,
            aggregates.commands(),
            new StockReturn(aggregates.commands()),
            lag,
            clock,
            Duration.ofSeconds(20));

    private static UndecidedOrder open(OrderId order) {
        return new UndecidedOrder(
                order, List.of(new CartLine(LAMP, TWO), new CartLine(DESK, ONE)), NOON, DEADLINE, false);
    }

    private void sweepAt(Instant time) {
        clock.set(time);
        sweeper.sweep();
    }

    @Test
    void an_order_that_is_still_young_is_left_alone() {
        undecidedOrders.put(open(ORDER));

        sweepAt(SLOW_FROM);

        assertThat(aggregates.sent()).isEmpty();
        assertThat(undecidedOrders.all()).hasSize(1);
    }

    @Test
    void for_an_order_that_is_slow_every_product_is_asked_again() {
        undecidedOrders.put(open(ORDER));

        sweepAt(SLOW_FROM.plusNanos(1));

        assertThat(aggregates.sent())
                .containsExactly(
                        new ReserveStock(LAMP, ORDER, TWO, DEADLINE), new ReserveStock(DESK, ORDER, ONE, DEADLINE));
        assertThat(undecidedOrders.all()).hasSize(1);
    }

    @Test
    void an_order_at_its_deadline_is_not_expired_yet() {
        undecidedOrders.put(open(ORDER));

        sweepAt(DEADLINE);

        assertThat(aggregates.sent()).hasOnlyElementsOfType(ReserveStock.class);
    }

    @Test
    void an_order_past_its_deadline_is_rejected_and_its_stock_given_back() {
        undecidedOrders.put(open(ORDER));

        sweepAt(DEADLINE.plusNanos(1));

        assertThat(aggregates.sent())
                .containsExactly(
                        EXPIRE,
                        RELEASE_LAMPS,
                        RELEASE_DESK,
                        new RecordStockReturn(ORDER, List.of(new StockMovement(LAMP, 1), new StockMovement(DESK, 1))));
        assertThat(undecidedOrders.all()).isEmpty();
    }

    @Test
    void an_order_that_was_cancelled_meanwhile_gives_its_stock_back_too() {
        undecidedOrders.put(open(ORDER));
        aggregates.answer(RejectOrder.class, reject -> OrderStatus.CANCELLED);

        sweepAt(DEADLINE.plusNanos(1));

        assertThat(aggregates.sent()).contains(RELEASE_LAMPS, RELEASE_DESK);
        assertThat(undecidedOrders.all()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = OrderStatus.class,
            names = {"CONFIRMED", "SHIPPED", "DELIVERED"})
    void an_order_that_was_confirmed_after_all_keeps_its_stock(OrderStatus status) {
        undecidedOrders.put(open(ORDER));
        aggregates.answer(RejectOrder.class, reject -> status);

        sweepAt(DEADLINE.plusNanos(1));

        assertThat(aggregates.sent()).containsExactly(EXPIRE);
        assertThat(undecidedOrders.all()).isEmpty();
    }

    @Test
    void an_order_that_needs_attention_is_expired_at_once() {
        undecidedOrders.put(open(ORDER).inNeedOfAttention());

        sweepAt(NOON);

        assertThat(aggregates.sent()).startsWith(EXPIRE);
        assertThat(undecidedOrders.all()).isEmpty();
    }

    @Test
    void while_the_processor_lags_nothing_is_swept() {
        undecidedOrders.put(open(ORDER));
        lag.isBehind(true);

        sweepAt(DEADLINE.plusSeconds(600));

        assertThat(aggregates.sent()).isEmpty();
        assertThat(undecidedOrders.all()).hasSize(1);

        lag.isBehind(false);
        sweeper.sweep();

        assertThat(undecidedOrders.all()).isEmpty();
    }

    @Test
    void one_of_many_processes_sweeps() {
        undecidedOrders.put(open(ORDER));
        lag.isElsewhere(true);

        sweepAt(DEADLINE.plusSeconds(1));
        assertThat(aggregates.sent()).isEmpty();

        lag.isElsewhere(false);
        sweeper.sweep();
        assertThat(undecidedOrders.all()).isEmpty();
    }

    @Test
    void an_order_that_cannot_be_swept_does_not_block_the_others() {
        OrderId other = OrderId.mint();
        undecidedOrders.put(open(ORDER));
        undecidedOrders.put(open(other));
        aggregates.fail(EXPIRE, new IllegalStateException("disk full"));

        sweepAt(DEADLINE.plusSeconds(1));

        assertThat(undecidedOrders.all()).extracting(UndecidedOrder::orderId).containsExactly(ORDER);

        aggregates.accept(EXPIRE);
        sweeper.sweep();

        assertThat(undecidedOrders.all()).isEmpty();
    }

    @Test
    void a_failed_release_is_retried() {
        undecidedOrders.put(open(ORDER));
        aggregates.fail(RELEASE_DESK, new IllegalStateException("disk full"));

        sweepAt(DEADLINE.plusSeconds(1));

        assertThat(undecidedOrders.all()).hasSize(1);
    }

    @Test
    void a_line_that_cannot_be_reserved_does_not_block_the_others() {
        undecidedOrders.put(open(ORDER));
        aggregates.refuse(new ReserveStock(LAMP, ORDER, TWO, DEADLINE), new Refusal.Unreachable());

        sweepAt(SLOW_FROM.plusNanos(1));

        assertThat(aggregates.sent())
                .containsExactly(
                        new ReserveStock(LAMP, ORDER, TWO, DEADLINE), new ReserveStock(DESK, ORDER, ONE, DEADLINE));
    }

    @ParameterizedTest
    @ValueSource(classes = {RejectOrder.class, ReleaseStock.class, RecordStockReturn.class})
    void an_order_with_an_unknown_outcome_stays_open_and_is_expired_later(Class<?> lost) {
        undecidedOrders.put(open(ORDER));
        aggregates.loseAnswersTo(lost);

        sweepAt(DEADLINE.plusNanos(1));

        assertThat(undecidedOrders.all()).hasSize(1);
        aggregates
                .answer(RejectOrder.class, command -> OrderStatus.REJECTED)
                .answer(ReleaseStock.class, command -> 1L)
                .answer(RecordStockReturn.class, command -> 1L);
        aggregates.sent();
        sweepAt(DEADLINE.plusSeconds(1));
        assertThat(aggregates.sent()).startsWith(EXPIRE, RELEASE_LAMPS, RELEASE_DESK);
        assertThat(undecidedOrders.all()).isEmpty();
    }
}
