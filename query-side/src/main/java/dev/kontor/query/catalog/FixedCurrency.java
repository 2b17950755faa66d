package dev.kontor.query.catalog;

import dev.kontor.api.catalog.ShopEvent.CurrencyFixed;
import dev.kontor.api.catalog.ShopId;
import dev.kontor.side.platform.FailureClassifier;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/** The one currency of the shop. It is read from the log, where it is permanently fixed, and not from a setting. */
@Component
public class FixedCurrency {

    private final EventStore log;
    private volatile String known;

    FixedCurrency(EventStore log) {
        this.log = log;
    }

    /** ISO 4217; empty if it is not fixed yet, or the log cannot be read at the moment. */
    public Optional<String> code() {
        if (known == null) {
            try {
                known = read();
            } catch (RuntimeException e) {
                if (!FailureClassifier.isTransient(e)) {
                    throw e;
                }
            }
        }
        return Optional.ofNullable(known);
    }

    private String read() {
        return log.readEvents(new ShopId().toString())
                .asStream()
                .map(event -> event.getPayload())
                .filter(CurrencyFixed.class::isInstance)
                .map(payload -> ((CurrencyFixed) payload).currency().value())
                .findFirst()
                .orElse(null);
    }
}
