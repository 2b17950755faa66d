package dev.kontor.command.catalog;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.kontor.api.catalog.CurrencyCode;
import dev.kontor.api.catalog.ShopCommand.FixCurrency;
import dev.kontor.api.catalog.ShopCommand.ReadCurrency;
import dev.kontor.api.catalog.ShopEvent.CurrencyFixed;
import dev.kontor.api.catalog.ShopId;
import dev.kontor.command.platform.LoggedAggregate;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * The one shop. Its first event fixes its currency permanently. Not cached: it is read only at a start, when a cached
 * state could miss an event of another process.
 */
@Aggregate
public class Shop extends LoggedAggregate {

    @AggregateIdentifier
    private ShopId id;

    private CurrencyCode currency;

    Shop() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    CurrencyCode handle(FixCurrency command) {
        if (currency == null) {
            apply(new CurrencyFixed(command.currency()));
        }
        return currency;
    }

    @CommandHandler
    CurrencyCode handle(ReadCurrency command) {
        return currency;
    }

    @EventSourcingHandler
    void on(CurrencyFixed event) {
        id = new ShopId();
        currency = event.currency();
    }
}
