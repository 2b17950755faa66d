package dev.kontor.command.order;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import dev.kontor.api.catalog.ProductCommand.ReserveStock;
import dev.kontor.api.catalog.ProductEvent.StockReservationRefused;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderCommand.ConfirmOrder;
import dev.kontor.api.order.OrderCommand.RejectOrder;
import dev.kontor.api.order.OrderEvent.OrderCancelled;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderEvent.OrderRejected;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.RejectionReason;
import dev.kontor.api.order.StockMovement;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.OrderProcessing;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.modelling.saga.EndSaga;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;

/**
 * Takes one order from placed to its decision: asks every product for its line, waits for all answers, and lets the
 * order confirm or reject itself. What was reserved for an order that is rejected is given back.
 *
 * <p>It goes by events alone. Whatever it sends may be sent twice or arrive late; the aggregates take a repeat for what
 * it is.
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
            ReserveStock reserve = new ReserveStock(line.productId(), orderId, line.quantity(), event.deadline());
            // A product that does not exist answers with no event.
            if (!commands.sendIfExists(reserve) && !isAnswered(line.productId())) {
                refuse(line.productId(), RejectionReason.UNKNOWN_PRODUCT.code(), 0);
            }
        }
        decideWhenAllAnswered();
    }

    @SagaEventHandler(associationProperty = "orderId")
    void on(StockReserved event, @SequenceNumber long productVersion) {
        if (isAnswered(event.productId())) {
            return;
        }
        reserved.add(
                new OrderLine(event.productId(), event.quantity(), event.sellerId(), event.title(), event.unitPrice()));
        reservations.add(new StockMovement(event.productId(), productVersion));
        decideWhenAllAnswered();
    }

    @SagaEventHandler(associationProperty = "orderId")
    void on(StockReservationRefused event) {
        if (isAnswered(event.productId())) {
            return;
        }
        refuse(event.productId(), event.code(), event.stock().available());
        decideWhenAllAnswered();
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "orderId")
    void on(OrderConfirmed event) {
        // The order has what it asked for; shipping and cancelling are the stock policy's.
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

    private void refuse(ProductId productId, String code, long available) {
        refused.add(new Rejection.Line(productId, code, available));
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
            commands.send(new ConfirmOrder(orderId, List.copyOf(reserved), List.copyOf(reservations)));
        } else {
            commands.send(new RejectOrder(orderId, Rejection.ofLines(refused)));
        }
    }
}
