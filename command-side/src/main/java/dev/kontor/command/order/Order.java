package dev.kontor.command.order;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import dev.kontor.api.Refusal;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.CancelledBy;
import dev.kontor.api.order.OrderCommand.CancelOrder;
import dev.kontor.api.order.OrderCommand.ConfirmOrder;
import dev.kontor.api.order.OrderCommand.DeliverOrder;
import dev.kontor.api.order.OrderCommand.PlaceOrder;
import dev.kontor.api.order.OrderCommand.RecallOrder;
import dev.kontor.api.order.OrderCommand.RecordStockReturn;
import dev.kontor.api.order.OrderCommand.RejectOrder;
import dev.kontor.api.order.OrderCommand.ShipOrder;
import dev.kontor.api.order.OrderEvent.OrderCancelled;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderDelivered;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderEvent.OrderRejected;
import dev.kontor.api.order.OrderEvent.OrderShipped;
import dev.kontor.api.order.OrderEvent.OrderStockReturned;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.RejectionReason;
import dev.kontor.command.platform.CommandRefusals;
import dev.kontor.command.platform.LoggedAggregate;
import java.time.Instant;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/** An order. It decides its outcome once, and its status only moves forward. */
@Aggregate(repository = "orderRepository")
public class Order extends LoggedAggregate {

    @AggregateIdentifier
    private OrderId id;

    private CustomerId customerId;
    private List<ProductId> productIds;
    /** Null if the client expects none. */
    private Money expectedTotal;

    private OrderOrigin origin;
    private Instant deadline;
    private String fingerprint;
    private OrderStatus status;
    private boolean stockReturned;

    Order() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(PlaceOrder command) {
        if (id == null) {
            List<String> currencies = OrderLine.currencies(command.lines());
            if (currencies.size() > 1) {
                throw CommandRefusals.with(new Refusal.CurrencyMismatch(currencies.get(0), currencies.get(1)));
            }
            apply(new OrderPlaced(
                    command.orderId(),
                    command.customerId(),
                    command.lines(),
                    command.expectedTotal(),
                    command.origin(),
                    command.deadline(),
                    command.fingerprint()));
        } else {
            requireSame(command.customerId(), command.fingerprint());
        }
        return getVersion();
    }

    @CommandHandler
    long handle(RecallOrder command) {
        requireSame(command.customerId(), command.fingerprint());
        return getVersion();
    }

    @CommandHandler
    OrderStatus handle(ConfirmOrder command) {
        if (status.isUndecided() && OrderLine.currencies(command.lines()).size() > 1) {
            // Placed before the shop's currency was fixed: there is no total in one currency.
            reject(Rejection.of(RejectionReason.CURRENCY_MISMATCH));
        } else if (status.isUndecided()) {
            Money total = OrderLine.total(command.lines());
            if (expectedTotal != null && !expectedTotal.equals(total)) {
                reject(Rejection.of(RejectionReason.PRICE_CHANGED));
            } else {
                apply(new OrderConfirmed(id, customerId, origin, command.lines(), total, command.reservations()));
            }
        }
        return status;
    }

    @CommandHandler
    OrderStatus handle(RejectOrder command) {
        if (status.isUndecided()) {
            reject(command.rejection());
        }
        return status;
    }

    @CommandHandler
    long handle(CancelOrder command) {
        if (!command.by().mayActFor(customerId)) {
            throw CommandRefusals.with(new Refusal.NotYours());
        }
        CommandRefusals.requireVersion(command.precondition());
        if (status != OrderStatus.CANCELLED) {
            requireStatus(OrderStatus.PLACED, OrderStatus.CONFIRMED);
            CancelledBy cancelledBy = command.by().id().equals(customerId) ? CancelledBy.CUSTOMER : CancelledBy.SHOP;
            apply(new OrderCancelled(id, customerId, origin, status, cancelledBy, productIds, deadline));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(ShipOrder command) {
        CommandRefusals.requireVersion(command.precondition());
        if (status != OrderStatus.SHIPPED) {
            requireStatus(OrderStatus.CONFIRMED);
            apply(new OrderShipped(id, customerId, productIds));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(DeliverOrder command) {
        CommandRefusals.requireVersion(command.precondition());
        if (status != OrderStatus.DELIVERED) {
            requireStatus(OrderStatus.SHIPPED);
            apply(new OrderDelivered(id, customerId));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(RecordStockReturn command) {
        boolean givesBack = status == OrderStatus.REJECTED || status == OrderStatus.CANCELLED;
        if (givesBack && !stockReturned) {
            apply(new OrderStockReturned(id, command.returns()));
        }
        return getVersion();
    }

    private void reject(Rejection rejection) {
        apply(new OrderRejected(id, customerId, origin, rejection, productIds, deadline));
    }

    private void requireSame(CustomerId askedBy, String askedFor) {
        if (!customerId.equals(askedBy) || !fingerprint.equals(askedFor)) {
            throw CommandRefusals.with(new Refusal.KeyReused());
        }
    }

    private void requireStatus(OrderStatus... allowed) {
        if (!List.of(allowed).contains(status)) {
            throw CommandRefusals.with(new Refusal.WrongOrderStatus(status.name()));
        }
    }

    @EventSourcingHandler
    void on(OrderPlaced event) {
        id = event.orderId();
        customerId = event.customerId();
        productIds = event.lines().stream().map(OrderLine::productId).toList();
        expectedTotal = event.expectedTotal();
        origin = event.origin();
        deadline = event.deadline();
        fingerprint = event.fingerprint();
        status = OrderStatus.PLACED;
    }

    @EventSourcingHandler
    void on(OrderConfirmed event) {
        status = OrderStatus.CONFIRMED;
    }

    @EventSourcingHandler
    void on(OrderRejected event) {
        status = OrderStatus.REJECTED;
    }

    @EventSourcingHandler
    void on(OrderCancelled event) {
        status = OrderStatus.CANCELLED;
    }

    @EventSourcingHandler
    void on(OrderShipped event) {
        status = OrderStatus.SHIPPED;
    }

    @EventSourcingHandler
    void on(OrderDelivered event) {
        status = OrderStatus.DELIVERED;
    }

    @EventSourcingHandler
    void on(OrderStockReturned event) {
        stockReturned = true;
    }
}
