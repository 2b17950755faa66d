package dev.kontor.command.order;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.api.catalog.ProductEvent.StockReservationRefused;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderEvent;
import dev.kontor.side.platform.FailureClassifier;
import java.time.Duration;
import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.ListenerInvocationErrorHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Handles the failure of a saga or policy. An event is tried {@value #TRIES} times, not counting transient failures of
 * stores or processes. Then an event of an order that is in the index is skipped, the order is marked as needing
 * attention, and the processor continues. An event of no undecided order is retried without end, because no index would
 * record that it was skipped.
 */
@Component
class SetAside implements ListenerInvocationErrorHandler {

    static final int TRIES = 4;

    private static final Logger log = LoggerFactory.getLogger(SetAside.class);

    private final UndecidedOrders undecidedOrders;
    private final Cache<String, Integer> tries = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    SetAside(UndecidedOrders undecidedOrders) {
        this.undecidedOrders = undecidedOrders;
    }

    @Override
    public void onError(Exception failure, EventMessage<?> event, EventMessageHandler handler) throws Exception {
        if (FailureClassifier.isTransient(failure)) {
            // Not this event's fault: it is retried until the store or process is back.
            throw failure;
        }
        int tried = tries.asMap().merge(event.getIdentifier(), 1, Integer::sum);
        Optional<UndecidedOrders.UndecidedOrder> order = orderOf(event).flatMap(undecidedOrders::find);
        if (tried < TRIES || order.isEmpty()) {
            throw failure;
        }
        undecidedOrders.put(order.get().inNeedOfAttention());
        log.error(
                "{} of order {} could not be handled after {} tries: set aside, the order needs attention",
                event.getPayloadType().getSimpleName(),
                order.get().orderId(),
                tried,
                failure);
    }

    private static Optional<OrderId> orderOf(EventMessage<?> event) {
        return switch (event.getPayload()) {
            case OrderEvent orderEvent -> Optional.of(orderEvent.orderId());
            case StockReserved reserved -> Optional.of(reserved.orderId());
            case StockReservationRefused refused -> Optional.of(refused.orderId());
            case null, default -> Optional.empty();
        };
    }
}
