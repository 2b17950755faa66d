package dev.kontor.standalone.tools;

import dev.kontor.command.order.OpenOrders.OpenOrder;
import dev.kontor.command.order.PlaceOrderSaga;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.modelling.saga.AssociationValue;

/**
 * What the command side knows beside the log and cannot read off it again, because that would send commands again: how far its
 * orders are processed, and what is open there. All else that it keeps (who sells what, what was revoked lately) it reads off
 * the log by itself where it finds nothing.
 *
 * @param ordersAt null where no event was processed yet
 */
record CommandState(TrackingToken ordersAt, List<OpenSaga> sagas, List<OpenOrder> openOrders) {

    record OpenSaga(String id, PlaceOrderSaga saga, Set<AssociationValue> associations) {}

    String counts() {
        return "%,d orders that are open, %,d sagas".formatted(openOrders.size(), sagas.size());
    }
}
