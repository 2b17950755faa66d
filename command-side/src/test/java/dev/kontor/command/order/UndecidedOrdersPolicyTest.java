package dev.kontor.command.order;

import static dev.kontor.command.catalog.Products.DEADLINE;
import static dev.kontor.command.catalog.Products.DESK;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.order.Orders.NO_DESK;
import static dev.kontor.command.order.Orders.ORDER;
import static dev.kontor.command.order.Orders.cancelled;
import static dev.kontor.command.order.Orders.confirmed;
import static dev.kontor.command.order.Orders.placed;
import static dev.kontor.command.order.Orders.rejected;
import static dev.kontor.command.platform.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.cart.CartLine;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.command.order.UndecidedOrders.UndecidedOrder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UndecidedOrdersPolicyTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final InMemoryUndecidedOrders undecidedOrders = new InMemoryUndecidedOrders();
    private final UndecidedOrdersPolicy policy =
            new UndecidedOrdersPolicy(undecidedOrders, new DecidedOrders(registry));

    static List<Consumer<UndecidedOrdersPolicy>> decisions() {
        return List.of(
                policy -> policy.on(confirmed(), NOON),
                policy -> policy.on(rejected(NO_DESK), NOON),
                policy -> policy.on(cancelled(OrderStatus.PLACED)));
    }

    @Test
    void a_placed_order_is_open() {
        policy.on(placed(), NOON);

        assertThat(undecidedOrders.all())
                .containsExactly(new UndecidedOrder(
                        ORDER,
                        List.of(new CartLine(LAMP, new Quantity(2)), new CartLine(DESK, new Quantity(1))),
                        NOON,
                        DEADLINE,
                        false));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void a_decided_order_is_not(Consumer<UndecidedOrdersPolicy> decision) {
        policy.on(placed(), NOON);

        decision.accept(policy);

        assertThat(undecidedOrders.all()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void a_repeated_decision_event_has_no_further_effect(Consumer<UndecidedOrdersPolicy> decision) {
        decision.accept(policy);

        assertThat(undecidedOrders.all()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void an_order_that_needs_attention_stays_until_the_sweeper_has_rejected_it_or_found_it_decided(
            Consumer<UndecidedOrdersPolicy> decision) {
        policy.on(placed(), NOON);
        undecidedOrders.put(undecidedOrders.find(ORDER).orElseThrow().inNeedOfAttention());

        decision.accept(policy);

        assertThat(undecidedOrders.all()).singleElement().matches(UndecidedOrder::needsAttention);
    }

    @Test
    void a_decision_is_measured_from_the_placement() {
        policy.on(placed(), NOON);
        policy.on(confirmed(), NOON.plusMillis(40));

        Timer confirmed = registry.get("kontor.orders.decision")
                .tag("outcome", "confirmed")
                .timer();
        assertThat(confirmed.count()).isOne();
        assertThat(confirmed.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(40);
    }

    @Test
    void a_rejection_is_counted_by_its_reason_and_an_event_from_before_counts_nothing() {
        policy.on(placed(), NOON);
        policy.on(rejected(NO_DESK), NOON);
        policy.on(rejected(NO_DESK), NOON);

        assertThat(registry.get("kontor.orders.rejections")
                        .tag("reason", NO_DESK.code())
                        .counter()
                        .count())
                .isOne();
    }
}
