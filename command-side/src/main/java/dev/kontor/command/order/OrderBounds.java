package dev.kontor.command.order;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.api.Refusal;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.command.order.UnshippedOrders.Sum;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How much one customer may have ordered and not got yet, because each open order keeps stock from all others. The index is
 * behind by what its processor has not read, so that what this process has just placed is counted here until it is there.
 */
@Component
public class OrderBounds {

    /**
     * How long an order is counted here at most. The index is told to this process by its own processor; where another
     * process runs that, or nobody knows whether the order was placed, this is the end of it.
     */
    static final Duration IN_FLIGHT = Duration.ofSeconds(10);

    private record Placing(long units, Instant since) {}

    private final UnshippedOrders index;
    private final Clock clock;
    private final Sum most;
    /** The maps are never changed, only replaced. */
    private final Cache<CustomerId, Map<OrderId, Placing>> inFlight =
            Caffeine.newBuilder().expireAfterWrite(IN_FLIGHT).build();

    OrderBounds(
            UnshippedOrders index,
            Clock clock,
            @Value("${kontor.orders.most-open:1000}") long mostOrders,
            @Value("${kontor.orders.most-open-units:100000}") long mostUnits) {
        if (mostOrders < 1 || mostUnits < 1) {
            throw new IllegalArgumentException(
                    "kontor.orders.most-open and kontor.orders.most-open-units must be at least 1");
        }
        this.index = index;
        this.clock = clock;
        this.most = new Sum(mostOrders, mostUnits);
    }

    /**
     * Counts an order that is about to be placed.
     *
     * @throws RefusedException with {@link Problem#TOO_MANY_OPEN_ORDERS} where the customer would have too much open; then it is not
     *     counted
     */
    void admit(OrderId orderId, CustomerId customerId, long units) {
        // Counted first and judged then: of two that come at once, each sees the other.
        Map<OrderId, Placing> counted = count(orderId, customerId, units);
        Map<OrderId, Placing> others = new HashMap<>(counted);
        others.remove(orderId);
        long left = left(index.of(customerId, counted.keySet()).plus(sum(others)));
        if (units > left) {
            forget(orderId, customerId);
            throw new RefusedException(
                    Problem.TOO_MANY_OPEN_ORDERS, new Refusal.TooManyOpenOrders(units, left).message());
        }
    }

    /** Counts an order that is about to be placed, whatever else there is: that of a cart which is checked out. */
    Map<OrderId, Placing> count(OrderId orderId, CustomerId customerId, long units) {
        Instant now = clock.instant();
        return inFlight.asMap().compute(customerId, (customer, before) -> {
            Map<OrderId, Placing> after = new HashMap<>(before == null ? Map.of() : before);
            after.values().removeIf(placing -> placing.since().plus(IN_FLIGHT).isBefore(now));
            after.put(orderId, new Placing(units, now));
            return after;
        });
    }

    /** It was not placed, or is in the index. */
    void forget(OrderId orderId, CustomerId customerId) {
        inFlight.asMap().computeIfPresent(customerId, (customer, before) -> {
            Map<OrderId, Placing> after = new HashMap<>(before);
            after.remove(orderId);
            return after.isEmpty() ? null : after;
        });
    }

    /** How many units this customer may order now; none where as many orders are open as may be. */
    public long unitsLeft(CustomerId customerId) {
        Map<OrderId, Placing> placing = inFlight.asMap().getOrDefault(customerId, Map.of());
        return left(index.of(customerId, Set.copyOf(placing.keySet())).plus(sum(placing)));
    }

    private long left(Sum open) {
        return open.orders() >= most.orders() ? 0 : Math.max(0, most.units() - open.units());
    }

    private static Sum sum(Map<OrderId, Placing> placing) {
        return new Sum(
                placing.size(),
                placing.values().stream().mapToLong(Placing::units).sum());
    }
}
