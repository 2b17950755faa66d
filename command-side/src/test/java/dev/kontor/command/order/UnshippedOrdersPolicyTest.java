package dev.kontor.command.order;

import static dev.kontor.command.order.Orders.ANNA;
import static dev.kontor.command.order.Orders.NO_DESK;
import static dev.kontor.command.order.Orders.ORDER;
import static dev.kontor.command.order.Orders.cancelled;
import static dev.kontor.command.order.Orders.placed;
import static dev.kontor.command.order.Orders.rejected;
import static dev.kontor.command.order.Orders.shipped;
import static dev.kontor.command.platform.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.command.order.UnshippedOrders.Sum;
import dev.kontor.testsupport.MutableClock;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnshippedOrdersPolicyTest {

    private final InMemoryUnshippedOrders orders = new InMemoryUnshippedOrders();
    private final OrderBounds bounds = Placements.bounds(orders, new MutableClock(NOON), 10, 100);
    private final UnshippedOrdersPolicy policy = new UnshippedOrdersPolicy(orders, bounds);

    static List<Consumer<UnshippedOrdersPolicy>> ends() {
        return List.of(
                policy -> policy.on(rejected(NO_DESK)),
                policy -> policy.on(cancelled(OrderStatus.PLACED)),
                policy -> policy.on(cancelled(OrderStatus.CONFIRMED)),
                policy -> policy.on(shipped()));
    }

    private Sum open() {
        return orders.of(ANNA, Set.of());
    }

    @Test
    void a_placed_order_is_open_with_its_units_also_after_a_repeated_event() {
        policy.on(placed());
        policy.on(placed());

        assertThat(open()).isEqualTo(new Sum(1, 3));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void a_rejected_cancelled_or_shipped_order_is_not(Consumer<UnshippedOrdersPolicy> end) {
        policy.on(placed());

        end.accept(policy);
        end.accept(policy);

        assertThat(open()).isEqualTo(Sum.NONE);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void a_history_that_comes_again_ends_as_before(Consumer<UnshippedOrdersPolicy> end) {
        policy.on(placed());
        end.accept(policy);

        policy.on(placed());
        end.accept(policy);

        assertThat(open()).isEqualTo(Sum.NONE);
    }

    @Test
    void an_order_in_flight_is_counted_there_until_the_index_is_written() {
        OrderId other = OrderId.mint();
        bounds.count(ORDER, ANNA, 3);
        bounds.count(other, ANNA, 7);
        UnitOfWork<?> batch = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage(placed()));

        policy.on(placed());
        orders.remove(ORDER, ANNA);

        assertThat(bounds.unitsLeft(ANNA)).isEqualTo(90);
        batch.commit();
        assertThat(bounds.unitsLeft(ANNA)).isEqualTo(93);
    }
}
