package dev.kontor.standalone.tools.transfer;

import dev.kontor.command.order.PlaceOrderSaga;
import dev.kontor.command.order.UndecidedOrders;
import dev.kontor.command.order.UndecidedOrders.UndecidedOrder;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.repository.SagaStore;

/**
 * The command side's state beside the log that cannot be read from it again without sending commands: the token of its
 * orders, and what is open there. The command side rebuilds everything else from the log.
 *
 * @param ordersAt null where no event was processed yet
 */
record CommandState(TrackingToken ordersAt, List<OpenSaga> sagas, List<UndecidedOrder> undecidedOrders) {

    record OpenSaga(String id, PlaceOrderSaga saga, Set<AssociationValue> associations) {}

    /** @param ids of all sagas */
    static CommandState of(
            TrackingToken ordersAt, Set<String> ids, SagaStore<Object> sagas, UndecidedOrders undecidedOrders) {
        return new CommandState(
                ordersAt,
                ids.stream()
                        .sorted()
                        .map(id -> saga(id, sagas.loadSaga(PlaceOrderSaga.class, id)))
                        .toList(),
                undecidedOrders.all());
    }

    private static OpenSaga saga(String id, SagaStore.Entry<PlaceOrderSaga> stored) {
        return new OpenSaga(id, stored.saga(), stored.associationValues());
    }

    /** Writes everything but the token. */
    void put(SagaStore<Object> into, UndecidedOrders index) {
        sagas.forEach(open -> into.insertSaga(PlaceOrderSaga.class, open.id(), open.saga(), open.associations()));
        undecidedOrders.forEach(index::put);
    }

    String counts() {
        return "%,d orders that are open, %,d sagas".formatted(undecidedOrders.size(), sagas.size());
    }
}
