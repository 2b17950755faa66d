package dev.kontor.command.order;

import static dev.kontor.command.catalog.Products.DESK;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.level;
import static dev.kontor.command.catalog.Products.refused;
import static dev.kontor.command.catalog.Products.reserved;
import static dev.kontor.command.order.Orders.NO_DESK;
import static dev.kontor.command.order.Orders.ONE_DESK;
import static dev.kontor.command.order.Orders.ORDER;
import static dev.kontor.command.order.Orders.TWO_LAMPS;
import static dev.kontor.command.order.Orders.placed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.operations.StoredJson;
import dev.kontor.api.operations.StoredTypes;
import dev.kontor.api.order.OrderCommand.ConfirmOrder;
import dev.kontor.api.order.OrderCommand.RejectOrder;
import dev.kontor.api.order.StockMovement;
import dev.kontor.command.CommandSide;
import dev.kontor.command.operations.ScriptedAggregates;
import java.util.List;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.Test;

/** A saga sleeps in the store between two events. */
class StoredSagaTest {

    private final StoredJson json = StoredJson.of(StoredTypes.with(CommandSide.STORED));
    private final ScriptedAggregates aggregates = new ScriptedAggregates();

    private PlaceOrderSaga awake(PlaceOrderSaga saga) {
        saga.use(aggregates.commands(), new StockReturn(aggregates.commands()));
        return saga;
    }

    private PlaceOrderSaga fresh() {
        PlaceOrderSaga saga = awake(new PlaceOrderSaga());
        saga.on(placed());
        aggregates.sent();
        return saga;
    }

    private SerializedObject<String> stored(PlaceOrderSaga saga) {
        return json.serialize(saga, String.class);
    }

    private PlaceOrderSaga sleepAndWake(PlaceOrderSaga saga) {
        return awake(json.deserialize(stored(saga)));
    }

    @Test
    void a_saga_remembers_what_was_reserved() {
        PlaceOrderSaga saga = fresh();
        saga.on(reserved(LAMP, ORDER, 2, level(5, 2)), 4);

        sleepAndWake(saga).on(reserved(DESK, ORDER, 1, level(0, 1)), 9);

        assertThat(aggregates.sent())
                .containsExactly(new ConfirmOrder(
                        ORDER,
                        List.of(TWO_LAMPS, ONE_DESK),
                        List.of(new StockMovement(LAMP, 4), new StockMovement(DESK, 9))));
    }

    @Test
    void a_saga_remembers_what_was_refused() {
        PlaceOrderSaga saga = fresh();
        saga.on(refused(DESK, ORDER, 1, "insufficient-stock", level(0, 0)));

        sleepAndWake(saga).on(reserved(LAMP, ORDER, 2, level(5, 2)), 4);

        assertThat(aggregates.sent()).containsExactly(new RejectOrder(ORDER, NO_DESK));
    }

    @Test
    void a_saga_remembers_who_has_answered() {
        PlaceOrderSaga saga = fresh();
        saga.on(reserved(LAMP, ORDER, 2, level(5, 2)), 4);

        sleepAndWake(saga).on(reserved(LAMP, ORDER, 2, level(5, 2)), 4);

        assertThat(aggregates.sent()).isEmpty();
    }

    /** Sagas outlive a release: what this one looks like in the store may only grow. */
    @Test
    void a_saga_is_stored_under_its_name_as_it_always_was() {
        PlaceOrderSaga saga = fresh();
        saga.on(reserved(LAMP, ORDER, 2, level(5, 2)), 4);
        saga.on(refused(DESK, ORDER, 1, "insufficient-stock", level(0, 0)));

        assertThat(stored(saga).getType().getName()).isEqualTo("order.PlaceOrderSaga");
        assertThat(stored(saga).getData())
                .isEqualTo("{\"lines\":2,\"orderId\":\"0197a3c2-0000-8000-8000-0000000000f1\","
                        + "\"refused\":[{\"productId\":\"0197a3c2-0000-7000-8000-0000000000a2\","
                        + "\"code\":\"insufficient-stock\",\"available\":0}],"
                        + "\"reservations\":[{\"productId\":\"0197a3c2-0000-7000-8000-0000000000a1\","
                        + "\"productVersion\":4}],"
                        + "\"reserved\":[{\"productId\":\"0197a3c2-0000-7000-8000-0000000000a1\",\"quantity\":2,"
                        + "\"sellerId\":\"0197a3c2-0000-7000-8000-000000000002\",\"title\":\"Lamp\","
                        + "\"unitPrice\":{\"amount\":1999,\"currency\":\"EUR\"}}]}");
    }
}
