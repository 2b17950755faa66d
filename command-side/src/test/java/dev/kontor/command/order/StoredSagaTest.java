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

import dev.kontor.api.order.OrderCommand.ConfirmOrder;
import dev.kontor.api.order.OrderCommand.RejectOrder;
import dev.kontor.api.order.StockMovement;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.command.CommandSide;
import dev.kontor.command.platform.ScriptedAggregates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;

/** A saga is loaded from the store for each event. */
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
    void a_saga_remembers_which_products_have_replied() {
        PlaceOrderSaga saga = fresh();
        saga.on(reserved(LAMP, ORDER, 2, level(5, 2)), 4);

        sleepAndWake(saga).on(reserved(LAMP, ORDER, 2, level(5, 2)), 4);

        assertThat(aggregates.sent()).isEmpty();
    }

    private static final Path GOLDEN = Path.of("src/test/resources/golden/order.PlaceOrderSaga.json");

    /** Open sagas outlive a release: their stored form may only gain fields. */
    @Test
    void a_saga_is_stored_under_its_name_as_it_always_was() throws IOException {
        PlaceOrderSaga saga = fresh();
        saga.on(reserved(LAMP, ORDER, 2, level(5, 2)), 4);
        saga.on(refused(DESK, ORDER, 1, "insufficient-stock", level(0, 0)));

        assertThat(stored(saga).getType().getName()).isEqualTo("order.PlaceOrderSaga");
        assertThat(stored(saga).getData()).isEqualTo(Files.readString(GOLDEN).strip());
    }

    /** Left by an earlier version in the middle of an order: the desk has not replied yet. */
    @Test
    void a_saga_of_long_ago_goes_on_where_it_was() throws IOException {
        String old = Files.readString(GOLDEN).strip().replaceFirst("\"refused\":\\[.*?\\]", "\"refused\":[]");
        PlaceOrderSaga saga =
                awake(json.deserialize(new SimpleSerializedObject<>(old, String.class, "order.PlaceOrderSaga", null)));

        saga.on(reserved(DESK, ORDER, 1, level(0, 1)), 9);

        assertThat(aggregates.sent())
                .containsExactly(new ConfirmOrder(
                        ORDER,
                        List.of(TWO_LAMPS, ONE_DESK),
                        List.of(new StockMovement(LAMP, 4), new StockMovement(DESK, 9))));
    }
}
