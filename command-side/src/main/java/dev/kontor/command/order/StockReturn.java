package dev.kontor.command.order;

import dev.kontor.api.catalog.ProductCommand.ReleaseStock;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderCommand.RecordStockReturn;
import dev.kontor.api.order.StockMovement;
import dev.kontor.command.platform.Commands;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Releases the stock of an order, line by line, and has the order record that it is done. Idempotent. */
@Component
class StockReturn {

    private final Commands commands;

    StockReturn(Commands commands) {
        this.commands = commands;
    }

    void giveBack(OrderId orderId, List<ProductId> productIds, Instant deadline) {
        List<StockMovement> returns = new ArrayList<>(productIds.size());
        for (ProductId productId : productIds) {
            try {
                long version = commands.<Long>send(new ReleaseStock(productId, orderId, deadline));
                returns.add(new StockMovement(productId, version));
            } catch (RefusedException refused) {
                // An unknown product has no reservation; any other refusal is retried.
                if (refused.problem() != Problem.NOT_FOUND) {
                    throw refused;
                }
            }
        }
        commands.send(new RecordStockReturn(orderId, returns));
    }
}
