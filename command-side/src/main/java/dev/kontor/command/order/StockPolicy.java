package dev.kontor.command.order;

import dev.kontor.api.catalog.ProductCommand.CommitStock;
import dev.kontor.api.order.OrderEvent.OrderCancelled;
import dev.kontor.api.order.OrderEvent.OrderShipped;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.OrderProcessing;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.stereotype.Component;

/** Moves the stock of a decided order: a cancellation releases it, a shipment removes it. */
@Component
@ProcessingGroup(OrderProcessing.GROUP)
class StockPolicy {

    private final Commands commands;
    private final StockReturn stockReturn;

    StockPolicy(Commands commands, StockReturn stockReturn) {
        this.commands = commands;
        this.stockReturn = stockReturn;
    }

    @EventHandler
    void on(OrderCancelled event) {
        stockReturn.giveBack(event.orderId(), event.productIds(), event.deadline());
    }

    @EventHandler
    void on(OrderShipped event) {
        event.productIds().forEach(product -> commands.send(new CommitStock(product, event.orderId())));
    }
}
