package dev.kontor.command.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoDatabase;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.command.CommandSide;
import dev.kontor.command.order.PlaceOrderSaga;
import dev.kontor.testsupport.MemoryMongo;
import java.util.Set;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValues;
import org.axonframework.modelling.saga.AssociationValuesImpl;
import org.bson.Document;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MongoSagasTest {

    private static final AssociationValue ORDER = new AssociationValue("orderId", "o1");
    private static final AssociationValue OTHER = new AssociationValue("orderId", "o2");

    @AutoClose
    private final MemoryMongo mongo = new MemoryMongo();

    private final MongoDatabase database = mongo.database();
    private final MongoSagas sagas = new MongoSagas(database, StoredJson.of(StoredTypes.with(CommandSide.STORED)));

    @BeforeEach
    void prepare() {
        sagas.prepare();
    }

    @Test
    void a_saga_is_found_by_its_order_and_gone_once_it_has_ended() {
        sagas.insertSaga(PlaceOrderSaga.class, "s1", new PlaceOrderSaga(), Set.of(ORDER));
        sagas.insertSaga(PlaceOrderSaga.class, "s2", new PlaceOrderSaga(), Set.of(OTHER));

        assertThat(sagas.findSagas(PlaceOrderSaga.class, ORDER)).containsExactly("s1");
        assertThat(sagas.loadSaga(PlaceOrderSaga.class, "s1").associationValues())
                .containsExactly(ORDER);
        sagas.deleteSaga(PlaceOrderSaga.class, "s1", Set.of(ORDER));
        assertThat(sagas.findSagas(PlaceOrderSaga.class, ORDER)).isEmpty();
        assertThat(sagas.findSagas(PlaceOrderSaga.class, OTHER)).containsExactly("s2");
    }

    @Test
    void an_order_has_one_saga_and_a_second_start_fails() {
        sagas.insertSaga(PlaceOrderSaga.class, "s1", new PlaceOrderSaga(), Set.of(ORDER));

        assertThatThrownBy(() -> sagas.insertSaga(PlaceOrderSaga.class, "s2", new PlaceOrderSaga(), Set.of(ORDER)))
                .isInstanceOf(MongoWriteException.class);
        assertThatThrownBy(() -> sagas.insertSaga(PlaceOrderSaga.class, "s1", new PlaceOrderSaga(), Set.of(OTHER)))
                .isInstanceOf(MongoWriteException.class);
    }

    @Test
    void an_update_changes_what_is_there_and_brings_nothing_back() {
        sagas.insertSaga(PlaceOrderSaga.class, "s1", new PlaceOrderSaga(), Set.of(ORDER));
        AssociationValues both = new AssociationValuesImpl(Set.of(ORDER, OTHER));

        sagas.updateSaga(PlaceOrderSaga.class, "s1", new PlaceOrderSaga(), both);
        assertThat(sagas.findSagas(PlaceOrderSaga.class, OTHER)).containsExactly("s1");
        assertThat(sagas.loadSaga(PlaceOrderSaga.class, "s1").associationValues())
                .containsExactlyInAnyOrder(ORDER, OTHER);

        sagas.deleteSaga(PlaceOrderSaga.class, "s1", Set.of(ORDER, OTHER));
        sagas.updateSaga(PlaceOrderSaga.class, "s1", new PlaceOrderSaga(), both);
        assertThat(sagas.loadSaga(PlaceOrderSaga.class, "s1")).isNull();
    }

    @Test
    void sagas_are_looked_for_by_an_index() {
        assertThat(database.getCollection("sagas").listIndexes())
                .filteredOn(index -> index.getBoolean("unique", false))
                .extracting(index -> index.get("key", Document.class))
                .contains(new Document("type", 1).append("associations", 1));
    }
}
