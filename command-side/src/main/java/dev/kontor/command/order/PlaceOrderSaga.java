package dev.kontor.command.order;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import dev.kontor.api.catalog.ProductCommand.ReserveStock;
import dev.kontor.api.catalog.ProductEvent.StockReservationRefused;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.catalog.ReserveStockResult;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderCommand.ConfirmOrder;
import dev.kontor.api.order.OrderCommand.RejectOrder;
import dev.kontor.api.order.OrderEvent.OrderCancelled;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderEvent.OrderRejected;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.RejectionReason;
import dev.kontor.api.order.StockMovement;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.OrderProcessing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.modelling.saga.EndSaga;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;

/**
 * Takes one order from placed to its decision: asks every product for its line, waits for all answers, and lets the
 * order confirm or reject itself. What was reserved for an order that is rejected is given back.
 *
 * <p>In most cases every product answers at once, and the order is confirmed while {@code OrderPlaced} is handled: then
 * the saga ends before it is stored. A product that decided about the order before, because the event is handled again
 * after a failure, answers with its event in the log only, for which the saga waits. Whatever it sends may be sent
 * twice or arrive late; the aggregates take a repeat for what it is.
 */
@ProcessingGroup(OrderProcessing.GROUP)
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public class PlaceOrderSaga {

    private OrderId orderId;
    private int lines;
    // Not final: what is read from the store is set by Jackson, which passes over final fields without a word.
    private List<OrderLine> reserved = new ArrayList<>();
    private List<StockMovement> reservations = new ArrayList<>();
    private List<Rejection.Line> refused = new ArrayList<>();

    private transient Commands commands;
    private transient StockReturn stockReturn;

    /** For Axon, which makes a saga by its public constructor. */
    public PlaceOrderSaga() {}

    void use(Commands commands, StockReturn stockReturn) {
        this.commands = commands;
        this.stockReturn = stockReturn;
    }

    @StartSaga
    @SagaEventHandler(associationProperty = "orderId")
    void on(OrderPlaced event) {
        orderId = event.orderId();
        lines = event.lines().size();
        for (OrderLine line : event.lines()) {
            reserve(line, event.deadline());
        }
        decideWhenAllAnswered();
    }

    private void reserve(OrderLine line, Instant deadline) {
        Optional<Object> answer =
                commands.sendIfExists(new ReserveStock(line.productId(), orderId, line.quantity(), deadline));
        if (answer.isEmpty()) {
            refuse(line.productId(), RejectionReason.UNKNOWN_PRODUCT.code(), 0);
            return;
        }
        // A process of an earlier version answers with the version of the product only.
        if (answer.get() instanceof ReserveStockResult result) {
            if (result.reserved() != null) {
                reserved(result.reserved(), result.version());
            }
            if (result.refused() != null) {
                refused(result.refused());
            }
        }
    }

    @SagaEventHandler(associationProperty = "orderId")
    void on(StockReserved event, @SequenceNumber long productVersion) {
        if (reserved(event, productVersion)) {
            decideWhenAllAnswered();
        }
    }

    @SagaEventHandler(associationProperty = "orderId")
    void on(StockReservationRefused event) {
        if (refused(event)) {
            decideWhenAllAnswered();
        }
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "orderId")
    void on(OrderConfirmed event) {
        // The order has what it asked for; shipping and cancelling are the stock policy's. Most sagas end earlier.
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "orderId")
    void on(OrderRejected event) {
        stockReturn.giveBack(event.orderId(), event.productIds(), event.deadline());
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "orderId")
    void on(OrderCancelled event) {
        // The stock policy gives back, as for every cancelled order.
    }

    /** Returns false if the product had answered before. */
    private boolean reserved(StockReserved event, long productVersion) {
        if (isAnswered(event.productId())) {
            return false;
        }
        reserved.add(
                new OrderLine(event.productId(), event.quantity(), event.sellerId(), event.title(), event.unitPrice()));
        reservations.add(new StockMovement(event.productId(), productVersion));
        return true;
    }

    private boolean refused(StockReservationRefused event) {
        return refuse(event.productId(), event.code(), event.stock().available());
    }

    private boolean refuse(ProductId productId, String code, long available) {
        if (isAnswered(productId)) {
            return false;
        }
        refused.add(new Rejection.Line(productId, code, available));
        return true;
    }

    private boolean isAnswered(ProductId productId) {
        return reserved.stream().anyMatch(line -> line.productId().equals(productId))
                || refused.stream().anyMatch(line -> line.productId().equals(productId));
    }

    private void decideWhenAllAnswered() {
        if (reserved.size() + refused.size() < lines) {
            return;
        }
        if (refused.isEmpty()) {
            Object status = commands.send(new ConfirmOrder(orderId, List.copyOf(reserved), List.copyOf(reservations)));
            if (status == OrderStatus.CONFIRMED) {
                SagaLifecycle.end();
            }
        } else {
            commands.send(new RejectOrder(orderId, Rejection.ofLines(refused)));
        }
    }
}
