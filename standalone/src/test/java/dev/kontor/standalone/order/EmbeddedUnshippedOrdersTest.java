package dev.kontor.standalone.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.command.order.UnshippedOrders;
import dev.kontor.command.order.UnshippedOrders.Sum;
import dev.kontor.store.EmbeddedStore;
import java.nio.file.Path;
import java.util.Set;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedUnshippedOrdersTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final CustomerId BERT = CustomerId.mint();

    @TempDir
    Path folder;

    private final OrderId first = OrderId.mint();
    private final OrderId second = OrderId.mint();
    private EmbeddedStore store;
    private UnshippedOrders orders;

    @BeforeEach
    void open() {
        close();
        store = EmbeddedStore.open(folder);
        orders = new EmbeddedUnshippedOrders(store.diskColumn("unshipped-orders"));
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    private static UnitOfWork<?> batch() {
        return DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("an event"));
    }

    private Sum of(CustomerId customer) {
        return orders.of(customer, Set.of());
    }

    @Test
    void what_a_customer_has_open_is_summed_also_after_a_restart() {
        orders.put(first, ANNA, 3_000_000_000L);
        orders.put(second, ANNA, 4);
        orders.put(second, ANNA, 4);
        orders.put(OrderId.mint(), BERT, 5);
        OrderId gone = OrderId.mint();
        orders.put(gone, ANNA, 7);
        orders.remove(gone, ANNA);
        orders.remove(gone, ANNA);

        for (int opening = 0; opening < 2; opening++) {
            assertThat(of(ANNA)).isEqualTo(new Sum(2, 3_000_000_004L));
            assertThat(of(BERT)).isEqualTo(new Sum(1, 5));
            assertThat(of(CustomerId.mint())).isEqualTo(Sum.NONE);
            assertThat(orders.of(ANNA, Set.of(first, gone))).isEqualTo(new Sum(1, 4));
            open();
        }
    }

    @Test
    void a_batch_counts_once_it_is_durable_and_once_only() {
        UnitOfWork<?> batch = batch();
        orders.put(first, ANNA, 3);
        orders.put(first, ANNA, 3);
        orders.put(second, ANNA, 4);
        orders.remove(second, ANNA);
        orders.remove(second, ANNA);
        assertThat(of(ANNA)).isEqualTo(Sum.NONE);

        batch.commit();

        assertThat(of(ANNA)).isEqualTo(new Sum(1, 3));
        open();
        assertThat(of(ANNA)).isEqualTo(new Sum(1, 3));
    }

    @Test
    void a_batch_that_is_rolled_back_and_comes_again_counts_once() {
        orders.put(second, ANNA, 4);
        UnitOfWork<?> failed = batch();
        orders.put(first, ANNA, 3);
        orders.remove(second, ANNA);
        failed.rollback();
        assertThat(of(ANNA)).isEqualTo(new Sum(1, 4));

        UnitOfWork<?> again = batch();
        orders.put(first, ANNA, 3);
        orders.remove(second, ANNA);
        again.commit();

        assertThat(of(ANNA)).isEqualTo(new Sum(1, 3));
    }
}
