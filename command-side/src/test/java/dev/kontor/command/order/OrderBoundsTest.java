package dev.kontor.command.order;

import static dev.kontor.command.order.Orders.ANNA;
import static dev.kontor.command.platform.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.StartException;
import dev.kontor.testsupport.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Limits of three orders, and ten units in total. */
class OrderBoundsTest {

    private static final CustomerId BERT = CustomerId.mint();

    private final MutableClock clock = new MutableClock(NOON);
    private final InMemoryUnshippedOrders index = new InMemoryUnshippedOrders();
    private final OrderBounds bounds = Placements.bounds(index, clock, 3, 10);

    private OrderId admitted(long units) {
        OrderId order = OrderId.mint();
        bounds.admit(order, ANNA, units);
        return order;
    }

    private void isRefused(long units) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> admitted(units));
        assertThat(refused.problem()).isEqualTo(Problem.TOO_MANY_OPEN_ORDERS);
    }

    /** Like the processor of the index. */
    private void inTheIndex(OrderId order, long units) {
        index.put(order, ANNA, units);
        bounds.forget(order, ANNA);
    }

    @Test
    void no_more_orders_than_the_bound_are_open() {
        inTheIndex(admitted(1), 1);
        inTheIndex(admitted(1), 1);
        OrderId third = admitted(1);
        inTheIndex(third, 1);

        isRefused(1);

        index.remove(third, ANNA);
        admitted(1);
    }

    @Test
    void no_more_units_than_the_bound_are_open() {
        inTheIndex(admitted(6), 6);

        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> admitted(5));

        assertThat(refused)
                .hasMessage("5 units asked, 4 more may be ordered until open orders are shipped or cancelled");
        assertThat(bounds.unitsLeft(ANNA)).isEqualTo(4);
        inTheIndex(admitted(4), 4);
        assertThat(bounds.unitsLeft(ANNA)).isZero();
    }

    @Test
    void one_order_over_the_bound_is_refused() {
        isRefused(11);
        admitted(10);
    }

    @Test
    void an_order_that_the_index_does_not_have_yet_is_counted() {
        admitted(6);

        isRefused(5);
        assertThat(bounds.unitsLeft(ANNA)).isEqualTo(4);

        admitted(2);
        admitted(1);
        isRefused(1);
        assertThat(bounds.unitsLeft(ANNA)).isZero();
    }

    @Test
    void an_order_that_another_process_indexed_meanwhile_is_counted_once() {
        OrderId order = admitted(6);
        index.put(order, ANNA, 6);

        assertThat(bounds.unitsLeft(ANNA)).isEqualTo(4);
        admitted(4);
    }

    @Test
    void a_refused_order_is_not_counted() {
        isRefused(11);

        admitted(10);
    }

    @Test
    void an_order_asked_for_again_is_one() {
        OrderId order = admitted(10);

        bounds.admit(order, ANNA, 10);

        inTheIndex(order, 10);
        bounds.admit(order, ANNA, 10);
    }

    @Test
    void an_order_that_the_index_never_reports_is_counted_for_a_while() {
        admitted(10);
        clock.advance(OrderBounds.IN_FLIGHT);
        isRefused(1);

        clock.advance(Duration.ofMillis(1));

        admitted(10);
    }

    @Test
    void a_cart_s_order_is_counted_and_not_refused() {
        bounds.count(OrderId.mint(), ANNA, 11);

        assertThat(bounds.unitsLeft(ANNA)).isZero();
        isRefused(1);
    }

    @Test
    void customers_are_counted_apart() {
        inTheIndex(admitted(10), 10);

        bounds.admit(OrderId.mint(), BERT, 10);

        assertThat(bounds.unitsLeft(CustomerId.mint())).isEqualTo(10);
    }

    @Test
    void bounds_that_let_nothing_through_are_refused() {
        assertThatThrownBy(() -> Placements.bounds(index, clock, 0, 10)).isInstanceOf(StartException.class);
        assertThatThrownBy(() -> Placements.bounds(index, clock, 3, 0)).isInstanceOf(StartException.class);
    }
}
