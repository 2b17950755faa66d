package dev.kontor.command.order;

import dev.kontor.api.cart.CartLine;
import dev.kontor.api.catalog.ProductCommand.ReserveStock;
import dev.kontor.api.order.OrderCommand.RejectOrder;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.RejectionReason;
import dev.kontor.command.order.UndecidedOrders.UndecidedOrder;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.ProcessingLag;
import dev.kontor.grpc.platform.StartException;
import dev.kontor.side.platform.FailureClassifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Makes sure that every order is decided: requests the stock of a slow order again, and rejects an order past its
 * deadline. While the saga's processor lags it does neither, because the decision may be among the unread events.
 */
@Component
class OrderSweeper {

    private static final Logger log = LoggerFactory.getLogger(OrderSweeper.class);

    private final UndecidedOrders undecidedOrders;
    private final Commands commands;
    private final StockReturn stockReturn;
    private final ProcessingLag processingLag;
    private final Clock clock;
    private final Duration slowAfter;
    private boolean complained;

    OrderSweeper(
            UndecidedOrders undecidedOrders,
            Commands commands,
            StockReturn stockReturn,
            ProcessingLag processingLag,
            Clock clock,
            @Value("${kontor.orders.slow-after:20s}") Duration slowAfter) {
        if (slowAfter.isNegative()) {
            throw new StartException("kontor.orders.slow-after must not be negative");
        }
        this.undecidedOrders = undecidedOrders;
        this.commands = commands;
        this.stockReturn = stockReturn;
        this.processingLag = processingLag;
        this.clock = clock;
        this.slowAfter = slowAfter;
    }

    @Scheduled(fixedDelayString = "${kontor.orders.sweep-every:1s}")
    void sweep() {
        try {
            sweepAll();
            complained = false;
        } catch (RuntimeException e) {
            if (!FailureClassifier.isTransient(e)) {
                throw e;
            }
            if (!complained) {
                log.warn("undecided orders cannot be read at the moment: {}", e.toString());
            }
            complained = true;
        }
    }

    private void sweepAll() {
        // One instance is enough; two at once would do no harm, because an order is decided only once.
        if (processingLag.isBehind() || !processingLag.hasFirstSegment()) {
            return;
        }
        Instant now = clock.instant();
        for (UndecidedOrder order : undecidedOrders.all()) {
            try {
                if (order.needsAttention() || now.isAfter(order.deadline())) {
                    expire(order);
                } else if (now.isAfter(order.placedAt().plus(slowAfter))) {
                    driveAgain(order);
                }
            } catch (RuntimeException e) {
                tellOfFailure(order, e);
            }
        }
    }

    private void driveAgain(UndecidedOrder order) {
        for (CartLine line : order.lines()) {
            // One by one: the failure of one order does not affect the others.
            try {
                commands.send(new ReserveStock(line.productId(), order.orderId(), line.quantity(), order.deadline()));
            } catch (RuntimeException e) {
                tellOfFailure(order, e);
            }
        }
    }

    /** The order stays in the index, and the next sweep tries again. */
    private static void tellOfFailure(UndecidedOrder order, RuntimeException e) {
        if (FailureClassifier.isTransient(e)) {
            log.warn("order {} cannot be swept at the moment: {}", order.orderId(), e.toString());
        } else {
            log.error("order {} could not be swept", order.orderId(), e);
        }
    }

    /** Rejects the order if it is undecided, and returns its stock, in case its saga is lost. */
    private void expire(UndecidedOrder order) {
        OrderStatus status =
                commands.send(new RejectOrder(order.orderId(), Rejection.of(RejectionReason.ORDER_EXPIRED)));
        if (status == OrderStatus.REJECTED || status == OrderStatus.CANCELLED) {
            stockReturn.giveBack(
                    order.orderId(),
                    order.lines().stream().map(CartLine::productId).toList(),
                    order.deadline());
        }
        log.warn(
                "order {} was not decided by its deadline {} and is {} now", order.orderId(), order.deadline(), status);
        undecidedOrders.remove(order.orderId());
    }
}
