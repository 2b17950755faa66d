package dev.kontor.command.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.api.catalog.ProductCommand.QuoteProduct;
import dev.kontor.api.catalog.ProductEvent.ProductDelisted;
import dev.kontor.api.catalog.ProductEvent.ProductDescribed;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.ProductQuote;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.platform.Commands;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.side.platform.SpringProfiles;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Quotes products. A command to a product waits for its lock, which the order processing holds while it writes the
 * reservations of a batch. So a process that alone writes to the log keeps quotes, until a product changes.
 */
@Component
public final class ProductQuotes {

    private static final int MOST_KEPT = 10_000;

    /** @param asOf the number of changes before the product was asked */
    private record Kept(ProductQuote quote, long asOf) {}

    private final Commands commands;
    private final boolean keeps;
    /** Durable changes of products. One counter for all: changes are rare beside quotes. */
    private final AtomicLong changes = new AtomicLong();

    private final Cache<ProductId, Kept> kept =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    @Autowired
    ProductQuotes(Commands commands, EventStore events, Environment environment) {
        this(commands, events, !environment.matchesProfiles(SpringProfiles.DISTRIBUTED));
    }

    /** Asks the product for every quote. */
    public ProductQuotes(Commands commands) {
        this(commands, null, false);
    }

    ProductQuotes(Commands commands, EventStore events, boolean keeps) {
        this.commands = commands;
        this.keeps = keeps;
        if (keeps) {
            events.subscribe(this::published);
        }
    }

    /**
     * The quote contains every change that was answered before this call.
     *
     * @throws RefusedException with {@link Problem#NOT_FOUND} if there is no such product
     */
    public ProductQuote of(ProductId productId) {
        Kept known = keeps ? kept.getIfPresent(productId) : null;
        long asOf = changes.get();
        if (known != null && known.asOf() == asOf) {
            return known.quote();
        }
        ProductQuote quote = commands.send(new QuoteProduct(productId));
        if (keeps) {
            kept.put(productId, new Kept(quote, asOf));
        }
        return quote;
    }

    /** Runs while the events are written. An earlier quote counts until they are durable. */
    private void published(List<? extends EventMessage<?>> events) {
        if (events.stream().anyMatch(ProductQuotes::changesQuote)) {
            // Without a unit of work the events are durable already.
            CurrentUnitOfWork.ifStarted(unit -> unit.root().afterCommit(committed -> changes.incrementAndGet()));
            if (!CurrentUnitOfWork.isStarted()) {
                changes.incrementAndGet();
            }
        }
    }

    private static boolean changesQuote(EventMessage<?> event) {
        return switch (event.getPayload()) {
            case ProductDescribed _ -> true;
            case ProductRepriced _ -> true;
            case ProductDelisted _ -> true;
            default -> false;
        };
    }
}
