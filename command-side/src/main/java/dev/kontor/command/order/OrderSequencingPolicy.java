package dev.kontor.command.order;

import dev.kontor.api.cart.CartEvent.CartCheckedOut;
import dev.kontor.api.catalog.ProductEvent.StockReservationRefused;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderEvent;
import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;
import org.axonframework.modelling.saga.AssociationValue;
import org.springframework.stereotype.Component;

/**
 * All messages of one order are handled in the order of the log, also if the processor has several segments: the
 * checkout that leads to it, its own events, and its products' replies. The sequence identifier equals the saga's
 * association, so policies and saga get an order's events in the same segment. Different orders are not sequenced.
 */
@Component
class OrderSequencingPolicy implements SequencingPolicy<EventMessage<?>> {

    /**
     * The association of {@link PlaceOrderSaga}. Axon assigns a saga to a segment by the hash of its first association.
     */
    private static final String ASSOCIATION = "orderId";

    @Override
    public Object getSequenceIdentifierFor(EventMessage<?> event) {
        return orderOf(event)
                .<Object>map(orderId -> new AssociationValue(ASSOCIATION, orderId.toString()))
                .orElseGet(() -> SequentialPerAggregatePolicy.instance().getSequenceIdentifierFor(event));
    }

    /** The order that the event concerns; empty for an event of no order. */
    static Optional<OrderId> orderOf(EventMessage<?> event) {
        return switch (event.getPayload()) {
            case OrderEvent of -> Optional.of(of.orderId());
            case CartCheckedOut of -> Optional.of(of.orderId());
            case StockReserved of -> Optional.of(of.orderId());
            case StockReservationRefused of -> Optional.of(of.orderId());
            case null, default -> Optional.empty();
        };
    }
}
