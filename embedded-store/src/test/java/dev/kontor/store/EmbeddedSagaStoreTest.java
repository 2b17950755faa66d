package dev.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValuesImpl;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.junit.jupiter.api.Test;

class EmbeddedSagaStoreTest extends WithStore {

    record Placing(String stage) {}

    record Shipping(int parcels) {}

    private static final AssociationValue ORDER = new AssociationValue("order", "7");
    private static final AssociationValue PRODUCT = new AssociationValue("product", "7");

    private void insert(String id, Object saga, AssociationValue... associations) {
        setup.sagas.insertSaga(saga.getClass(), id, saga, Set.of(associations));
    }

    private void update(String id, Object saga, AssociationValue... associations) {
        setup.sagas.updateSaga(saga.getClass(), id, saga, new AssociationValuesImpl(Set.of(associations)));
    }

    private Set<String> placingsOf(AssociationValue association) {
        return setup.sagas.findSagas(Placing.class, association);
    }

    @Test
    void a_saga_is_found_by_each_of_its_associations_and_loaded() {
        insert("saga", new Placing("begun"), ORDER, PRODUCT);
        for (int opening = 0; opening < 2; opening++) {
            assertThat(placingsOf(ORDER)).containsExactly("saga");
            assertThat(placingsOf(PRODUCT)).containsExactly("saga");
            assertThat(placingsOf(new AssociationValue("order", "8"))).isEmpty();
            SagaStore.Entry<Placing> entry = setup.sagas.loadSaga(Placing.class, "saga");
            assertThat(entry.saga()).isEqualTo(new Placing("begun"));
            assertThat(entry.associationValues()).containsExactlyInAnyOrder(ORDER, PRODUCT);
            assertThat(setup.sagas.open()).isEqualTo(1);
            reopen();
        }
    }

    @Test
    void an_update_changes_the_saga_and_by_what_it_is_found() {
        insert("saga", new Placing("begun"), ORDER);
        update("saga", new Placing("reserved"), PRODUCT);
        for (int opening = 0; opening < 2; opening++) {
            assertThat(placingsOf(ORDER)).isEmpty();
            assertThat(placingsOf(PRODUCT)).containsExactly("saga");
            assertThat(setup.sagas.loadSaga(Placing.class, "saga").saga()).isEqualTo(new Placing("reserved"));
            assertThat(setup.sagas.loadSaga(Placing.class, "saga").associationValues())
                    .containsExactly(PRODUCT);
            reopen();
        }
    }

    @Test
    void a_deleted_saga_is_gone_and_others_of_its_association_stay() {
        insert("ends", new Placing("begun"), ORDER);
        insert("stays", new Placing("begun"), ORDER);
        setup.sagas.deleteSaga(Placing.class, "ends", Set.of(ORDER));
        for (int opening = 0; opening < 2; opening++) {
            assertThat(placingsOf(ORDER)).containsExactly("stays");
            assertThat(setup.sagas.loadSaga(Placing.class, "ends")).isNull();
            assertThat(setup.sagas.open()).isEqualTo(1);
            reopen();
        }
    }

    @Test
    void sagas_of_two_types_with_the_same_association_are_kept_apart() {
        insert("placing", new Placing("begun"), ORDER);
        insert("shipping", new Shipping(2), ORDER);
        for (int opening = 0; opening < 2; opening++) {
            assertThat(placingsOf(ORDER)).containsExactly("placing");
            assertThat(setup.sagas.findSagas(Shipping.class, ORDER)).containsExactly("shipping");
            assertThat(setup.sagas.loadSaga(Shipping.class, "shipping").saga()).isEqualTo(new Shipping(2));
            reopen();
        }
    }

    @Test
    void two_types_are_kept_apart_in_the_unit_of_work_that_makes_them_too() {
        StoreSetup.inUnitOfWork(() -> {
            insert("placing", new Placing("begun"), ORDER);
            insert("shipping", new Shipping(2), ORDER);
            assertThat(placingsOf(ORDER)).containsExactly("placing");
            assertThat(setup.sagas.findSagas(Shipping.class, ORDER)).containsExactly("shipping");
        });
    }

    @Test
    void a_unit_of_work_sees_its_updates_and_deletions_before_others_do() {
        insert("updated", new Placing("begun"), ORDER);
        insert("deleted", new Placing("begun"), ORDER);
        StoreSetup.inUnitOfWork(() -> {
            update("updated", new Placing("reserved"), PRODUCT);
            setup.sagas.deleteSaga(Placing.class, "deleted", Set.of(ORDER));

            assertThat(placingsOf(ORDER)).isEmpty();
            assertThat(placingsOf(PRODUCT)).containsExactly("updated");
            assertThat(setup.sagas.loadSaga(Placing.class, "updated").saga()).isEqualTo(new Placing("reserved"));
            assertThat(setup.sagas.loadSaga(Placing.class, "deleted")).isNull();

            assertThat(StoreSetup.elsewhere(() -> placingsOf(ORDER))).containsExactlyInAnyOrder("updated", "deleted");
            assertThat(StoreSetup.elsewhere(() -> placingsOf(PRODUCT))).isEmpty();
            assertThat(StoreSetup.elsewhere(
                            () -> setup.sagas.loadSaga(Placing.class, "updated").saga()))
                    .isEqualTo(new Placing("begun"));
        });
        assertThat(placingsOf(ORDER)).isEmpty();
        assertThat(placingsOf(PRODUCT)).containsExactly("updated");
    }

    @Test
    void a_saga_made_and_ended_in_one_unit_of_work_leaves_nothing() {
        StoreSetup.inUnitOfWork(() -> {
            insert("short", new Placing("begun"), ORDER);
            setup.sagas.deleteSaga(Placing.class, "short", Set.of(ORDER));
            assertThat(placingsOf(ORDER)).isEmpty();
        });
        for (int opening = 0; opening < 2; opening++) {
            assertThat(placingsOf(ORDER)).isEmpty();
            assertThat(setup.sagas.open()).isZero();
            reopen();
        }
    }
}
