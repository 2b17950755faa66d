package dev.kontor.command.order;

import static dev.kontor.command.catalog.Products.DEADLINE;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.level;
import static dev.kontor.command.catalog.Products.listed;
import static dev.kontor.command.catalog.Products.refused;
import static dev.kontor.command.catalog.Products.reserved;
import static dev.kontor.command.order.Orders.ORDER;
import static dev.kontor.command.order.Orders.placed;
import static dev.kontor.command.platform.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.ids.OrderId;
import dev.kontor.command.order.UndecidedOrders.UndecidedOrder;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SetAsideTest {

    private static final Exception FAILURE = new IllegalStateException("broken");
    private static final OrderId OTHER_ORDER = OrderId.mint();

    private final InMemoryUndecidedOrders undecidedOrders = new InMemoryUndecidedOrders();
    private final SetAside setAside = new SetAside(undecidedOrders);

    private static UndecidedOrder open(OrderId order) {
        return new UndecidedOrder(order, List.of(), NOON, DEADLINE, false);
    }

    private void triedAgain(EventMessage<?> event) {
        assertThatThrownBy(() -> setAside.onError(FAILURE, event, null)).isSameAs(FAILURE);
    }

    private void setAside(EventMessage<?> event) {
        assertThatCode(() -> setAside.onError(FAILURE, event, null)).doesNotThrowAnyException();
    }

    static List<Object> eventsOfAnOrder() {
        return List.of(
                placed(),
                reserved(LAMP, ORDER, 2, level(5, 2)),
                refused(LAMP, ORDER, 2, "insufficient-stock", level(1, 0)));
    }

    @ParameterizedTest
    @MethodSource("eventsOfAnOrder")
    void an_event_that_fails_four_times_is_set_aside_and_its_order_marked(Object payload) {
        undecidedOrders.put(open(ORDER));
        undecidedOrders.put(open(OTHER_ORDER));
        EventMessage<?> event = new GenericEventMessage<>(payload);

        triedAgain(event);
        triedAgain(event);
        triedAgain(event);
        assertThat(undecidedOrders.all()).noneMatch(UndecidedOrder::needsAttention);
        setAside(event);

        assertThat(undecidedOrders.all()).containsExactlyInAnyOrder(open(ORDER).inNeedOfAttention(), open(OTHER_ORDER));
    }

    @Test
    void each_event_has_tries_of_its_own() {
        undecidedOrders.put(open(ORDER));
        EventMessage<?> event = new GenericEventMessage<>(placed());
        triedAgain(event);
        triedAgain(event);
        triedAgain(event);

        triedAgain(new GenericEventMessage<>(placed()));

        assertThat(undecidedOrders.all()).noneMatch(UndecidedOrder::needsAttention);
    }

    @Test
    void an_event_rolled_back_with_its_batch_is_set_aside_again() {
        undecidedOrders.put(open(ORDER));
        EventMessage<?> event = new GenericEventMessage<>(placed());
        triedAgain(event);
        triedAgain(event);
        triedAgain(event);
        setAside(event);
        undecidedOrders.put(open(ORDER));

        setAside(event);

        assertThat(undecidedOrders.all()).allMatch(UndecidedOrder::needsAttention);
    }

    @Test
    void an_event_of_no_open_order_is_retried_without_end() {
        EventMessage<?> ofAnOrderThatIsDecided = new GenericEventMessage<>(placed());
        EventMessage<?> ofNoOrder = new GenericEventMessage<>(listed(1));

        for (int i = 0; i < 20; i++) {
            triedAgain(ofAnOrderThatIsDecided);
            triedAgain(ofNoOrder);
        }
        assertThat(undecidedOrders.all()).isEmpty();
    }
}
