package dev.kontor.standalone.tools.transfer;

import dev.kontor.command.order.OpenOrders.OpenOrder;
import dev.kontor.command.order.PlaceOrderSaga;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.modelling.saga.AssociationValue;

/**
 * The command side's state beside the log that cannot be read from it again without sending commands: the token of its
 * orders, and what is open there. The command side rebuilds everything else from the log.
 *
 * @param ordersAt null where no event was processed yet
 */
record CommandState(TrackingToken ordersAt, List<OpenSaga> sagas, List<OpenOrder> openOrders) {

    record OpenSaga(String id, PlaceOrderSaga saga, Set<AssociationValue> associations) {}

    String counts() {
        return "%,d orders that are open, %,d sagas".formatted(openOrders.size(), sagas.size());
    }
}
