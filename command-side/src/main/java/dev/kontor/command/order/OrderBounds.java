package dev.kontor.command.order;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.api.Refusal;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.command.order.UnshippedOrders.Sum;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.StartException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Limits the open orders of one customer, because each keeps stock from all others. The index lags by the events that
 * its processor has not read, so orders placed by this process are counted here until the index has them.
 */
@Component
public class OrderBounds {

    /**
     * The longest time an order is counted here. This process's own processor ends it earlier; it applies if another
     * process runs the processor, or if it is unknown whether the order was placed.
     */
    static final Duration IN_FLIGHT = Duration.ofSeconds(10);

    private record Placing(long units, Instant since) {}

    private final UnshippedOrders index;
    private final Clock clock;
    private final Sum most;
    /** The maps are immutable, and replaced as a whole. */
    private final Cache<CustomerId, Map<OrderId, Placing>> inFlight = Caffeine.newBuilder()
            .expireAfterWrite(IN_FLIGHT)
            // Every order writes twice: upkeep on the writing thread costs less than waking another one.
            .executor(Runnable::run)
            .build();

    OrderBounds(
            UnshippedOrders index,
            Clock clock,
            @Value("${kontor.orders.most-open:1000}") long mostOrders,
            @Value("${kontor.orders.most-open-units:100000}") long mostUnits) {
        if (mostOrders < 1 || mostUnits < 1) {
            throw new StartException("kontor.orders.most-open and kontor.orders.most-open-units must be at least 1");
        }
        this.index = index;
        this.clock = clock;
        this.most = new Sum(mostOrders, mostUnits);
    }

    /**
     * Counts an order that is about to be placed.
     *
     * @throws RefusedException with {@link Problem#TOO_MANY_OPEN_ORDERS} if the customer would have too much open; then
     *     it is not counted
     */
    void admit(OrderId orderId, CustomerId customerId, long units) {
        // Counted first, then checked: of two concurrent orders, each sees the other.
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

    /** Counts an order that is about to be placed without a check: that of a cart which is checked out. */
    Map<OrderId, Placing> count(OrderId orderId, CustomerId customerId, long units) {
        Instant now = clock.instant();
        return inFlight.asMap().compute(customerId, (customer, before) -> {
            Map<OrderId, Placing> after = new HashMap<>(before == null ? Map.of() : before);
            after.values().removeIf(placing -> placing.since().plus(IN_FLIGHT).isBefore(now));
            after.put(orderId, new Placing(units, now));
            return after;
        });
    }

    /** The order was not placed, or is in the index. */
    void forget(OrderId orderId, CustomerId customerId) {
        inFlight.asMap().computeIfPresent(customerId, (customer, before) -> {
            Map<OrderId, Placing> after = new HashMap<>(before);
            after.remove(orderId);
            return after.isEmpty() ? null : after;
        });
    }

    /** How many units this customer may order now; 0 if the maximum of orders is open. */
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
