package dev.kontor.command.order;

import dev.kontor.api.cart.CartEvent.CartCheckedOut;
import dev.kontor.api.catalog.ProductEvent.StockReservationRefused;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderEvent;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;
import org.axonframework.modelling.saga.AssociationValue;
import org.springframework.stereotype.Component;

/**
 * What concerns one order is handled in the order of the log, also where the processor has several segments: the checkout
 * that leads to it, its own events, its products' answers. The policies name an order as its saga does, so they and the saga
 * see its events in one segment. Different orders have no order between them.
 */
@Component
class OrderSequencingPolicy implements SequencingPolicy<EventMessage<?>> {

    /** As {@link PlaceOrderSaga} names it. A saga is where the hash of its first association belongs. */
    private static final String ASSOCIATION = "orderId";

    @Override
    public Object getSequenceIdentifierFor(EventMessage<?> event) {
        return switch (event.getPayload()) {
            case OrderEvent of -> order(of.orderId());
            case CartCheckedOut of -> order(of.orderId());
            case StockReserved of -> order(of.orderId());
            case StockReservationRefused of -> order(of.orderId());
            default -> SequentialPerAggregatePolicy.instance().getSequenceIdentifierFor(event);
        };
    }

    private static AssociationValue order(OrderId orderId) {
        return new AssociationValue(ASSOCIATION, orderId.toString());
    }
}
