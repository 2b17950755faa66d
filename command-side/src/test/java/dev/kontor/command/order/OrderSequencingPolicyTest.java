package dev.kontor.command.order;

import static dev.kontor.command.catalog.Products.DESK;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.level;
import static dev.kontor.command.catalog.Products.refused;
import static dev.kontor.command.catalog.Products.reserved;
import static dev.kontor.command.order.Orders.ORDER;
import static dev.kontor.command.order.Orders.placed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.cart.CartEvent.CartCheckedOut;
import dev.kontor.api.cart.CartEvent.CartCleared;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.modelling.saga.AssociationValue;
import org.junit.jupiter.api.Test;

class OrderSequencingPolicyTest {

    private final OrderSequencingPolicy sequence = new OrderSequencingPolicy();

    private Object sequenceOf(Object event) {
        return sequence.getSequenceIdentifierFor(
                new GenericDomainEventMessage<>("Any", event.getClass().getSimpleName(), 0, event));
    }

    @Test
    void all_events_of_an_order_have_the_sequence_of_its_saga() {
        assertThat(Stream.of(
                                new CartCheckedOut(CustomerId.mint(), ORDER, List.of()),
                                placed(),
                                reserved(LAMP, ORDER, 2, level(5, 2)),
                                refused(DESK, ORDER, 1, "insufficient-stock", level(0, 0)))
                        .map(this::sequenceOf))
                .containsOnly(new AssociationValue("orderId", ORDER.value()));
    }

    @Test
    void different_orders_have_no_order_between_them() {
        assertThat(sequenceOf(reserved(LAMP, ORDER, 2, level(5, 2))))
                .isNotEqualTo(sequenceOf(reserved(LAMP, OrderId.mint(), 2, level(3, 4))));
    }

    @Test
    void an_event_of_no_order_is_sequenced_by_its_aggregate() {
        assertThat(sequenceOf(new CartCleared(CustomerId.mint()))).isEqualTo("CartCleared");
    }
}
