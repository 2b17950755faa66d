package dev.kontor.command.catalog;

import dev.kontor.api.catalog.CurrencyCode;
import dev.kontor.api.catalog.ShopCommand.FixCurrency;
import dev.kontor.api.catalog.ShopCommand.ReadCurrency;
import dev.kontor.command.platform.Commands;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.StartException;
import java.util.Optional;
import java.util.Set;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The shop's currency in the log. The first start fixes it permanently. In a log from before this event existed, the
 * first start of a version that knows it does so, to the currency of the oldest price.
 */
@Component
class CurrencyInLog {

    private static final Logger log = LoggerFactory.getLogger(CurrencyInLog.class);

    private final Commands commands;
    private final OldPrices oldPrices;

    CurrencyInLog(Commands commands, EventStore eventStore) {
        this.commands = commands;
        this.oldPrices = new OldPrices(eventStore);
    }

    /**
     * Fixes the currency, unless the log has one.
     *
     * @param wanted for a log without prices
     * @throws StartException if the log has another currency; the message states what to do
     */
    CurrencyCode require(CurrencyCode wanted) {
        CurrencyCode fixed = read().orElseGet(() -> fix(wanted));
        if (!fixed.equals(wanted)) {
            throw new StartException(
                    "The shop in this log trades in %s, and kontor.currency says %s. A shop's currency never changes: start with kontor.currency=%s"
                            .formatted(fixed, wanted, fixed));
        }
        return fixed;
    }

    private Optional<CurrencyCode> read() {
        try {
            return Optional.of(commands.send(new ReadCurrency()));
        } catch (RefusedException refused) {
            if (refused.problem() != Problem.NOT_FOUND) {
                throw refused;
            }
            return Optional.empty();
        }
    }

    /** If two processes fix a currency at the same time, one succeeds, and both receive the result. */
    private CurrencyCode fix(CurrencyCode wanted) {
        Set<CurrencyCode> old = oldPrices.currencies();
        CurrencyCode fixed =
                commands.send(new FixCurrency(old.stream().findFirst().orElse(wanted)));
        if (old.size() > 1) {
            log.warn(
                    "the log has prices in {}: the shop trades in {}, the currency of the oldest price; a product priced in another currency cannot be ordered until it gets a new price",
                    old,
                    fixed);
        }
        return fixed;
    }
}
