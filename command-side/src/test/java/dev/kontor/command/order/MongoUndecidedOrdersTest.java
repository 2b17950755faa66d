package dev.kontor.command.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.cart.CartLine;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.order.UndecidedOrders.UndecidedOrder;
import dev.kontor.testsupport.MemoryMongo;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MongoUndecidedOrdersTest {

    @AutoClose
    private final MemoryMongo mongo = new MemoryMongo();

    private final UndecidedOrders here = new MongoUndecidedOrders(mongo.database());
    private final UndecidedOrders elsewhere = new MongoUndecidedOrders(mongo.database());
    private final UndecidedOrder order = new UndecidedOrder(
            OrderId.mint(),
            List.of(
                    new CartLine(ProductId.mint(), new Quantity(3)),
                    new CartLine(ProductId.mint(), new Quantity(1_000_000))),
            Instant.parse("2026-03-01T10:00:00.123Z"),
            Instant.parse("2026-03-01T10:01:00.123Z"),
            false);

    @Test
    void an_order_is_found_by_every_command_side_as_it_was_put() {
        here.put(order);

        assertThat(elsewhere.find(order.orderId())).contains(order);
        assertThat(elsewhere.all()).containsExactly(order);
        assertThat(here.find(OrderId.mint())).isEmpty();
    }

    @Test
    void a_second_put_replaces_the_first() {
        here.put(order);
        here.put(order.inNeedOfAttention());

        assertThat(elsewhere.all()).containsExactly(order.inNeedOfAttention());
    }

    @Test
    void removal_is_idempotent() {
        UndecidedOrder other =
                new UndecidedOrder(OrderId.mint(), order.lines(), order.placedAt(), order.deadline(), true);
        here.put(order);
        here.put(other);

        elsewhere.remove(order.orderId());
        here.remove(order.orderId());

        assertThat(here.find(order.orderId())).isEmpty();
        assertThat(here.all()).containsExactly(other);
    }
}
