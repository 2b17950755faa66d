package dev.kontor.command.order;

import static dev.kontor.command.catalog.Products.DEADLINE;
import static dev.kontor.command.catalog.Products.DESK;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.order.Orders.ORDER;
import static dev.kontor.command.order.Orders.cancelled;
import static dev.kontor.command.order.Orders.shipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.catalog.ProductCommand.CommitStock;
import dev.kontor.api.catalog.ProductCommand.ReleaseStock;
import dev.kontor.api.order.OrderCommand.RecordStockReturn;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.api.order.StockMovement;
import dev.kontor.command.platform.ScriptedAggregates;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StockPolicyTest {

    private final ScriptedAggregates aggregates = new ScriptedAggregates();
    private final StockPolicy policy = new StockPolicy(aggregates.commands(), new StockReturn(aggregates.commands()));

    @ParameterizedTest
    @EnumSource(
            value = OrderStatus.class,
            names = {"PLACED", "CONFIRMED"})
    void the_stock_of_a_cancelled_order_goes_back_line_by_line(OrderStatus before) {
        aggregates.answer(ReleaseStock.class, release -> release.productId().equals(LAMP) ? 12L : 34L);

        policy.on(cancelled(before));

        assertThat(aggregates.sent())
                .containsExactly(
                        new ReleaseStock(LAMP, ORDER, DEADLINE),
                        new ReleaseStock(DESK, ORDER, DEADLINE),
                        new RecordStockReturn(
                                ORDER, List.of(new StockMovement(LAMP, 12), new StockMovement(DESK, 34))));
    }

    @Test
    void a_failed_release_is_not_recorded_as_done() {
        aggregates.fail(new ReleaseStock(DESK, ORDER, DEADLINE), new IllegalStateException("disk full"));

        assertThatThrownBy(() -> policy.on(cancelled(OrderStatus.CONFIRMED))).hasStackTraceContaining("disk full");
        assertThat(aggregates.sent()).doesNotHaveAnyElementsOfTypes(RecordStockReturn.class);
    }

    @Test
    void the_stock_of_a_shipped_order_is_committed() {
        policy.on(shipped());

        assertThat(aggregates.sent()).containsExactly(new CommitStock(LAMP, ORDER), new CommitStock(DESK, ORDER));
    }
}
