package dev.kontor.command.catalog;

import dev.kontor.api.catalog.CurrencyCode;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductEvent.ProductListed;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.grpc.platform.StartException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Reads the prices of a log that is older than the event which fixes the shop's currency. */
final class OldPrices {

    private static final int LONGEST_PAUSE_SECONDS = 30;

    private final EventStore log;

    OldPrices(EventStore log) {
        this.log = log;
    }

    /**
     * The currencies of all prices that products ever had, in the order of the log.
     *
     * @throws StartException if the log cannot be read up to its present end
     */
    Set<CurrencyCode> currencies() {
        Set<CurrencyCode> found = new LinkedHashSet<>();
        TrackingToken head = log.createHeadToken();
        if (head == null || head.position().orElse(-1) < 0) {
            return found;
        }
        try (BlockingStream<TrackedEventMessage<?>> events = log.openStream(log.createTailToken())) {
            TrackedEventMessage<?> event;
            do {
                if (!events.hasNextAvailable(LONGEST_PAUSE_SECONDS, TimeUnit.SECONDS)) {
                    throw new StartException("The log could not be read to its end to find its prices");
                }
                event = events.nextAvailable();
                note(event, found);
            } while (!event.trackingToken().covers(head));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("Interrupted while reading the prices in the log", e);
        }
        return found;
    }

    /** Does not deserialize the payload of other events. */
    private static void note(TrackedEventMessage<?> event, Set<CurrencyCode> found) {
        Class<?> type = event.getPayloadType();
        if (type == ProductListed.class || type == ProductRepriced.class) {
            Money price = switch (event.getPayload()) {
                case ProductListed listed -> listed.price();
                case ProductRepriced repriced -> repriced.price();
                default -> throw new IllegalStateException("An event without a price: " + type);
            };
            found.add(CurrencyCode.of(price));
        }
    }
}
