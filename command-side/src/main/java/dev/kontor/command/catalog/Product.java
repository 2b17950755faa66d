package dev.kontor.command.catalog;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.Refusal;
import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductCommand.AddStock;
import dev.kontor.api.catalog.ProductCommand.ChangeProduct;
import dev.kontor.api.catalog.ProductCommand.CommitStock;
import dev.kontor.api.catalog.ProductCommand.DelistProduct;
import dev.kontor.api.catalog.ProductCommand.ListProduct;
import dev.kontor.api.catalog.ProductCommand.QuoteProduct;
import dev.kontor.api.catalog.ProductCommand.ReleaseStock;
import dev.kontor.api.catalog.ProductCommand.RemoveStock;
import dev.kontor.api.catalog.ProductCommand.ReserveStock;
import dev.kontor.api.catalog.ProductEvent.ProductDelisted;
import dev.kontor.api.catalog.ProductEvent.ProductDescribed;
import dev.kontor.api.catalog.ProductEvent.ProductListed;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.ProductEvent.StockAdded;
import dev.kontor.api.catalog.ProductEvent.StockCommitted;
import dev.kontor.api.catalog.ProductEvent.StockReleased;
import dev.kontor.api.catalog.ProductEvent.StockRemoved;
import dev.kontor.api.catalog.ProductEvent.StockReservationRefused;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.catalog.ProductQuote;
import dev.kontor.api.catalog.ReserveStockResult;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.RejectionReason;
import dev.kontor.command.platform.CommandRefusals;
import dev.kontor.command.platform.LoggedAggregate;
import dev.kontor.command.platform.SizedAggregate;
import dev.kontor.command.platform.Snapshots;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * A product and its stock. On hand = available + reserved, each 0 or more after every event, so that no unit is sold
 * twice.
 */
@Aggregate(repository = "productRepository", snapshotTriggerDefinition = Snapshots.TRIGGER)
@Revision("3")
public class Product extends LoggedAggregate implements SizedAggregate {

    @AggregateIdentifier
    private ProductId id;

    private CustomerId sellerId;
    private Description description;
    private Money price;
    private StockLevel stock;
    private boolean listed;
    /** Of the last change of description or price, or of the delisting. */
    private long offerVersion;
    /** Of the last change of the stock by its owner. Orders do not change it. */
    private long stockVersion;

    private final Reservations reservations = new Reservations();
    private final FinishedOrders finished = new FinishedOrders();

    Product() {}

    @CommandHandler
    Product(ListProduct command) {
        apply(new ProductListed(
                command.productId(),
                command.sellerId(),
                command.description(),
                command.price(),
                new StockLevel(command.stock(), 0)));
    }

    @CommandHandler
    long handle(ChangeProduct command) {
        requireOwner(command.by());
        CommandRefusals.require(command.precondition(), offerVersion);
        Description changed = command.description().over(description);
        if (!changed.equals(description)) {
            apply(new ProductDescribed(id, changed));
        }
        if (command.price() != null && !command.price().equals(price)) {
            apply(new ProductRepriced(id, command.price()));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(AddStock command) {
        requireOwner(command.by());
        CommandRefusals.require(command.precondition(), stockVersion);
        if (command.units() > StockLevel.HIGHEST - stock.available() - stock.reserved()) {
            throw CommandRefusals.with(
                    new Refusal.Invalid("change", "must leave at most %,d".formatted(StockLevel.HIGHEST)));
        }
        apply(new StockAdded(id, command.units(), stock.add(command.units())));
        return getVersion();
    }

    @CommandHandler
    long handle(RemoveStock command) {
        requireOwner(command.by());
        CommandRefusals.require(command.precondition(), stockVersion);
        if (command.units() > stock.available()) {
            throw CommandRefusals.with(new Refusal.InsufficientStock(command.units(), stock.available()));
        }
        apply(new StockRemoved(id, command.units(), stock.remove(command.units())));
        return getVersion();
    }

    @CommandHandler
    long handle(DelistProduct command) {
        requireOwner(command.by());
        CommandRefusals.require(command.precondition(), offerVersion);
        if (listed) {
            apply(new ProductDelisted(id));
        }
        return getVersion();
    }

    @CommandHandler
    ProductQuote handle(QuoteProduct command) {
        return new ProductQuote(id, sellerId, description.title(), price, listed);
    }

    @CommandHandler
    ReserveStockResult handle(ReserveStock command, Clock clock) {
        if (hasDecided(command.orderId())) {
            return new ReserveStockResult(getVersion(), null, null);
        }
        Optional<RejectionReason> refusal = Reservations.refusalOf(command, listed, stock, clock.instant());
        if (refusal.isPresent()) {
            StockReservationRefused refused = new StockReservationRefused(
                    id, command.orderId(), command.quantity(), refusal.get().code(), command.deadline(), stock);
            apply(refused);
            return new ReserveStockResult(getVersion(), null, refused);
        }
        StockReserved reserved = new StockReserved(
                id,
                command.orderId(),
                command.quantity(),
                sellerId,
                description.title(),
                price,
                command.deadline(),
                stock.reserve(command.quantity().value()));
        apply(reserved);
        return new ReserveStockResult(getVersion(), reserved, null);
    }

    @CommandHandler
    long handle(ReleaseStock command, Clock clock) {
        Reservations.Held held = reservations.get(command.orderId());
        if (held != null) {
            apply(new StockReleased(
                    id, command.orderId(), held.units(), command.deadline(), stock.release(held.units())));
        } else if (!finished.contains(command.orderId()) && !clock.instant().isAfter(command.deadline())) {
            // The reservation may still arrive: recording the order here makes it refused.
            apply(new StockReleased(id, command.orderId(), 0, command.deadline(), stock));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(CommitStock command) {
        Reservations.Held held = reservations.get(command.orderId());
        if (held != null) {
            apply(new StockCommitted(id, command.orderId(), held.units(), stock.commit(held.units())));
        }
        return getVersion();
    }

    private void requireOwner(Actor actor) {
        if (!actor.mayActFor(sellerId)) {
            throw CommandRefusals.with(new Refusal.NotYours());
        }
    }

    private boolean hasDecided(OrderId orderId) {
        return reservations.contains(orderId) || finished.contains(orderId);
    }

    @EventSourcingHandler
    void on(ProductListed event, @SequenceNumber long version) {
        id = event.productId();
        sellerId = event.sellerId();
        description = event.description();
        price = event.price();
        stock = event.stock();
        listed = true;
        offerVersion = version;
        stockVersion = version;
    }

    @EventSourcingHandler
    void on(ProductDescribed event, @SequenceNumber long version) {
        description = event.description();
        offerVersion = version;
    }

    @EventSourcingHandler
    void on(ProductRepriced event, @SequenceNumber long version) {
        price = event.price();
        offerVersion = version;
    }

    @EventSourcingHandler
    void on(StockAdded event, @SequenceNumber long version) {
        stock = event.stock();
        stockVersion = version;
    }

    @EventSourcingHandler
    void on(StockRemoved event, @SequenceNumber long version) {
        stock = event.stock();
        stockVersion = version;
    }

    @EventSourcingHandler
    void on(StockReserved event) {
        stock = event.stock();
        reservations.put(event.orderId(), event.quantity().value(), event.deadline());
    }

    @EventSourcingHandler
    void on(StockReservationRefused event, @Timestamp Instant at) {
        finished.add(event.orderId(), event.deadline(), at);
    }

    @EventSourcingHandler
    void on(StockReleased event, @Timestamp Instant at) {
        stock = event.stock();
        reservations.remove(event.orderId());
        finished.add(event.orderId(), event.deadline(), at);
    }

    @EventSourcingHandler
    void on(StockCommitted event, @Timestamp Instant at) {
        stock = event.stock();
        finished.add(event.orderId(), reservations.remove(event.orderId()).deadline(), at);
    }

    @EventSourcingHandler
    void on(ProductDelisted event, @SequenceNumber long version) {
        listed = false;
        offerVersion = version;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Product(ProductState state) {
        id = state.id();
        sellerId = state.sellerId();
        description = state.description();
        price = state.price();
        stock = state.stock();
        listed = state.listed();
        offerVersion = state.offerVersion();
        stockVersion = state.stockVersion();
        reservations.restore(state.reserved());
        state.finished().forEach(order -> finished.restore(order.orderId(), order.deadline()));
    }

    @JsonValue
    ProductState state() {
        return new ProductState(
                id,
                sellerId,
                description,
                price,
                stock,
                listed,
                offerVersion,
                stockVersion,
                reservations.state(),
                finished.state());
    }

    @Override
    public int entries() {
        return reservations.size() + finished.size();
    }
}
