package dev.kontor.command.catalog;

import dev.kontor.api.ids.OrderId;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Orders that are through with a product, so that a late or repeated reservation is turned away. Each is remembered at
 * least until its deadline; from then on a reservation is refused for its lateness alone.
 *
 * <p>They come nearly in the order of their deadlines, so only the oldest are looked at: adding one costs the same
 * however many there are. One with a far deadline keeps those behind it, until it goes itself.
 */
final class FinishedOrders {

    private final Map<OrderId, Instant> deadlines = new LinkedHashMap<>();

    boolean contains(OrderId orderId) {
        return deadlines.containsKey(orderId);
    }

    /** Remembers an order, and forgets what is past its deadline now. */
    void add(OrderId orderId, Instant deadline, Instant now) {
        Iterator<Instant> oldestFirst = deadlines.values().iterator();
        while (oldestFirst.hasNext() && oldestFirst.next().isBefore(now)) {
            oldestFirst.remove();
        }
        // Behind those added before, though it was there already: else a new, later deadline would hold up the others.
        deadlines.remove(orderId);
        deadlines.put(orderId, deadline);
    }

    /** Puts back what {@link #forEach} told. */
    void restore(OrderId orderId, Instant deadline) {
        deadlines.put(orderId, deadline);
    }

    int size() {
        return deadlines.size();
    }

    /** Oldest first. */
    void forEach(BiConsumer<OrderId, Instant> reader) {
        deadlines.forEach(reader);
    }
}
