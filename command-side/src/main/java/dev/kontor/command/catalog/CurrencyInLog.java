package dev.kontor.command.catalog;

import dev.kontor.api.catalog.CurrencyCode;
import dev.kontor.api.catalog.ShopCommand.FixCurrency;
import dev.kontor.api.catalog.ShopCommand.ReadCurrency;
import dev.kontor.command.platform.Commands;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import java.util.Optional;
import java.util.Set;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The currency that the log says the shop trades in. It is fixed there once and for good: by the first start, or, in a log
 * from before there was such an event, by the first start of a version that knows it, to the currency of the oldest price.
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
     * @param wanted for a log without any price
     * @throws IllegalStateException where the log says another than is wanted, with what to do about it
     */
    CurrencyCode require(CurrencyCode wanted) {
        CurrencyCode fixed = read().orElseGet(() -> fix(wanted));
        if (!fixed.equals(wanted)) {
            throw new IllegalStateException(
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

    /** Where another process fixes one at the same time, one of the two stands, and both learn which. */
    private CurrencyCode fix(CurrencyCode wanted) {
        Set<CurrencyCode> old = oldPrices.currencies();
        CurrencyCode fixed =
                commands.send(new FixCurrency(old.stream().findFirst().orElse(wanted)));
        if (old.size() > 1) {
            log.warn(
                    "the log has prices in {}: the shop trades in {}, as the oldest of them does; a product priced in another currency cannot be ordered until it gets a new price",
                    old,
                    fixed);
        }
        return fixed;
    }
}
