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
import dev.kontor.command.order.OpenOrders.OpenOrder;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenOrdersPolicyTest {

    private final InMemoryOpenOrders openOrders = new InMemoryOpenOrders();
    private final OpenOrdersPolicy policy = new OpenOrdersPolicy(openOrders);

    static List<Consumer<OpenOrdersPolicy>> decisions() {
        return List.of(
                policy -> policy.on(confirmed()),
                policy -> policy.on(rejected(NO_DESK)),
                policy -> policy.on(cancelled(OrderStatus.PLACED)));
    }

    @Test
    void a_placed_order_is_open() {
        policy.on(placed(), NOON);

        assertThat(openOrders.all())
                .containsExactly(new OpenOrder(
                        ORDER,
                        List.of(new CartLine(LAMP, new Quantity(2)), new CartLine(DESK, new Quantity(1))),
                        NOON,
                        DEADLINE,
                        false));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void a_decided_order_is_not(Consumer<OpenOrdersPolicy> decision) {
        policy.on(placed(), NOON);

        decision.accept(policy);

        assertThat(openOrders.all()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void a_repeated_decision_event_has_no_further_effect(Consumer<OpenOrdersPolicy> decision) {
        decision.accept(policy);

        assertThat(openOrders.all()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void an_order_that_needs_attention_stays_until_the_sweeper_has_rejected_it_or_found_it_decided(
            Consumer<OpenOrdersPolicy> decision) {
        policy.on(placed(), NOON);
        openOrders.put(openOrders.find(ORDER).orElseThrow().inNeedOfAttention());

        decision.accept(policy);

        assertThat(openOrders.all()).singleElement().matches(OpenOrder::needsAttention);
    }
}
