package dev.kontor.command.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.command.order.UnshippedOrders.Sum;
import dev.kontor.testsupport.MemoryMongo;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MongoUnshippedOrdersTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final CustomerId BERT = CustomerId.mint();

    @AutoClose
    private final MemoryMongo mongo = new MemoryMongo();

    private final MongoUnshippedOrders here = new MongoUnshippedOrders(mongo.database());
    private final UnshippedOrders elsewhere = new MongoUnshippedOrders(mongo.database());
    private final OrderId first = OrderId.mint();
    private final OrderId second = OrderId.mint();

    @Test
    void an_order_of_one_instance_is_counted_once_by_every_other() {
        here.prepare();
        here.put(first, ANNA, 3_000_000_000L);
        here.put(second, ANNA, 4);
        elsewhere.put(second, ANNA, 4);
        here.put(OrderId.mint(), BERT, 5);

        assertThat(elsewhere.of(ANNA, Set.of())).isEqualTo(new Sum(2, 3_000_000_004L));
        assertThat(elsewhere.of(ANNA, Set.of(first, OrderId.mint()))).isEqualTo(new Sum(1, 4));
        assertThat(elsewhere.of(CustomerId.mint(), Set.of())).isEqualTo(Sum.NONE);
    }

    @Test
    void removal_is_idempotent() {
        here.put(first, ANNA, 3);
        here.put(second, ANNA, 4);

        here.remove(first, ANNA);
        elsewhere.remove(first, ANNA);

        assertThat(here.of(ANNA, Set.of())).isEqualTo(new Sum(1, 4));
    }
}
