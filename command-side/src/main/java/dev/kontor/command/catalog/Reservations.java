package dev.kontor.command.catalog;

import dev.kontor.api.catalog.ProductCommand.ReserveStock;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.RejectionReason;
import dev.kontor.command.catalog.ProductState.Reserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The units of a product that orders hold. */
final class Reservations {

    /** An order's reservation, and until when it can be repeated. */
    record Held(long units, Instant deadline) {}

    private final Map<OrderId, Held> orders = new HashMap<>();

    /** Why nothing can be reserved; empty if it can. */
    static Optional<RejectionReason> refusalOf(ReserveStock command, boolean listed, StockLevel stock, Instant now) {
        if (now.isAfter(command.deadline())) {
            return Optional.of(RejectionReason.ORDER_EXPIRED);
        }
        if (!listed) {
            return Optional.of(RejectionReason.PRODUCT_DELISTED);
        }
        return command.quantity().value() > stock.available()
                ? Optional.of(RejectionReason.INSUFFICIENT_STOCK)
                : Optional.empty();
    }

    boolean contains(OrderId orderId) {
        return orders.containsKey(orderId);
    }

    /** Null if the order holds none. */
    Held get(OrderId orderId) {
        return orders.get(orderId);
    }

    void put(OrderId orderId, long units, Instant deadline) {
        orders.put(orderId, new Held(units, deadline));
    }

    /** Returns what the order held; null if it held none. */
    Held remove(OrderId orderId) {
        return orders.remove(orderId);
    }

    int size() {
        return orders.size();
    }

    void restore(List<Reserved> state) {
        state.forEach(order -> put(order.orderId(), order.units(), order.deadline()));
    }

    List<Reserved> state() {
        List<Reserved> state = new ArrayList<>(orders.size());
        orders.forEach((order, held) -> state.add(new Reserved(order, held.units(), held.deadline())));
        return state;
    }
}
