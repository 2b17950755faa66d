package dev.kontor.command.cart;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.Refusal;
import dev.kontor.api.cart.CartCommand;
import dev.kontor.api.cart.CartCommand.CheckOutCart;
import dev.kontor.api.cart.CartCommand.ClearCart;
import dev.kontor.api.cart.CartCommand.CompleteCheckout;
import dev.kontor.api.cart.CartCommand.MergeCart;
import dev.kontor.api.cart.CartCommand.PutCartItem;
import dev.kontor.api.cart.CartCommand.RecallCheckout;
import dev.kontor.api.cart.CartCommand.RemoveCartItem;
import dev.kontor.api.cart.CartCommand.ReopenCart;
import dev.kontor.api.cart.CartEvent.CartCheckedOut;
import dev.kontor.api.cart.CartEvent.CartCleared;
import dev.kontor.api.cart.CartEvent.CartItemPut;
import dev.kontor.api.cart.CartEvent.CartItemRemoved;
import dev.kontor.api.cart.CartEvent.CartMerged;
import dev.kontor.api.cart.CartEvent.CartReopened;
import dev.kontor.api.cart.CartEvent.CheckoutCompleted;
import dev.kontor.api.cart.CartId;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.cart.Checkout;
import dev.kontor.api.cart.Merge;
import dev.kontor.api.cart.Merged;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.platform.CommandRefusals;
import dev.kontor.command.platform.LoggedAggregate;
import dev.kontor.command.platform.Snapshots;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;

/** A customer's cart. One checkout is open at a time, and the cart can be changed meanwhile. */
@Aggregate(repository = "cartRepository", snapshotTriggerDefinition = Snapshots.TRIGGER)
@Revision("2")
public class Cart extends LoggedAggregate {

    @AggregateIdentifier
    private CartId id;

    private final Map<ProductId, Long> items = new LinkedHashMap<>();
    /** The open checkout, or null. */
    private Checkout checkout;
    /** Units of the open checkout that are still among the items; they leave with its order. */
    private final Map<ProductId, Long> leaving = new HashMap<>();
    /** The last merges by their id, so that a repeat adds nothing. */
    private final SequencedMap<String, Merge> merges = new LinkedHashMap<>();

    Cart() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(PutCartItem command) {
        CommandRefusals.requireVersion(command.precondition());
        if (!items.containsKey(command.productId()) && items.size() >= CartCommand.MOST_LINES) {
            throw CommandRefusals.with(new Refusal.CartFull(CartCommand.MOST_LINES));
        }
        Long present = items.get(command.productId());
        if (present == null || present != command.quantity().value()) {
            apply(new CartItemPut(command.customerId(), command.productId(), command.quantity()));
        }
        return getVersion();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Merged handle(MergeCart command) {
        Merge earlier = merges.get(command.mergeId());
        if (earlier == null) {
            CommandRefusals.requireVersion(command.precondition());
            MergeDecision decision = new MergeDecision(items, command);
            apply(new CartMerged(
                    command.customerId(),
                    command.mergeId(),
                    command.fingerprint(),
                    decision.changed(),
                    decision.leftOut()));
            return new Merged(merges.get(command.mergeId()), false);
        }
        if (!earlier.fingerprint().equals(command.fingerprint())) {
            throw CommandRefusals.with(new Refusal.KeyReused());
        }
        return new Merged(earlier, true);
    }

    @CommandHandler
    long handle(RemoveCartItem command) {
        CommandRefusals.requireVersion(command.precondition());
        if (items.containsKey(command.productId())) {
            apply(new CartItemRemoved(command.customerId(), command.productId()));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(ClearCart command) {
        CommandRefusals.requireVersion(command.precondition());
        if (!items.isEmpty()) {
            apply(new CartCleared(command.customerId()));
        }
        return getVersion();
    }

    @CommandHandler
    Checkout handle(CheckOutCart command) {
        CommandRefusals.requireVersion(command.precondition());
        if (checkout == null) {
            if (items.isEmpty()) {
                throw CommandRefusals.with(new Refusal.CartEmpty());
            }
            long units = items.values().stream().mapToLong(Long::longValue).sum();
            if (command.mostUnits() != null && units > command.mostUnits()) {
                throw CommandRefusals.with(new Refusal.TooManyOpenOrders(units, command.mostUnits()));
            }
            OrderId orderId = OrderId.ofCheckout(command.customerId(), getVersion() + 1);
            apply(new CartCheckedOut(command.customerId(), orderId, lines(items)));
        }
        return checkout;
    }

    @CommandHandler
    boolean handle(RecallCheckout command) {
        return isOpen(command.orderId());
    }

    @CommandHandler
    long handle(CompleteCheckout command) {
        if (isOpen(command.orderId())) {
            apply(new CheckoutCompleted(command.customerId(), command.orderId(), lines(remaining())));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(ReopenCart command) {
        if (isOpen(command.orderId())) {
            apply(new CartReopened(command.customerId(), command.orderId()));
        }
        return getVersion();
    }

    private boolean isOpen(OrderId orderId) {
        return checkout != null && checkout.orderId().equals(orderId);
    }

    private Map<ProductId, Long> remaining() {
        Map<ProductId, Long> remaining = new LinkedHashMap<>(items);
        leaving.forEach((product, quantity) ->
                remaining.computeIfPresent(product, (p, present) -> present > quantity ? present - quantity : null));
        return remaining;
    }

    static List<CartLine> lines(Map<ProductId, Long> items) {
        return items.entrySet().stream()
                .map(item -> new CartLine(item.getKey(), new Quantity(item.getValue())))
                .toList();
    }

    @EventSourcingHandler
    void on(CartItemPut event) {
        id = new CartId(event.customerId());
        items.put(event.productId(), event.quantity().value());
        leaving.computeIfPresent(
                event.productId(),
                (product, quantity) -> Math.min(quantity, event.quantity().value()));
    }

    @EventSourcingHandler
    void on(CartMerged event, @SequenceNumber long version) {
        id = new CartId(event.customerId());
        // Only adds, so what leaves with an open checkout stays as it is.
        event.lines()
                .forEach(line -> items.put(line.productId(), line.quantity().value()));
        merges.put(event.mergeId(), new Merge(event.mergeId(), event.fingerprint(), version, event.leftOut()));
        if (merges.size() > CartCommand.MOST_MERGES) {
            merges.pollFirstEntry();
        }
    }

    @EventSourcingHandler
    void on(CartItemRemoved event) {
        items.remove(event.productId());
        leaving.remove(event.productId());
    }

    @EventSourcingHandler
    void on(CartCleared event) {
        items.clear();
        leaving.clear();
    }

    @EventSourcingHandler
    void on(CartCheckedOut event, @SequenceNumber long version) {
        checkout = new Checkout(event.orderId(), version);
        event.lines()
                .forEach(line -> leaving.put(line.productId(), line.quantity().value()));
    }

    @EventSourcingHandler
    void on(CheckoutCompleted event) {
        items.clear();
        event.remaining()
                .forEach(line -> items.put(line.productId(), line.quantity().value()));
        endCheckout();
    }

    @EventSourcingHandler
    void on(CartReopened event) {
        endCheckout();
    }

    private void endCheckout() {
        checkout = null;
        leaving.clear();
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Cart(CartState state) {
        id = new CartId(state.customerId());
        checkout = state.checkout();
        state.items()
                .forEach(line -> items.put(line.productId(), line.quantity().value()));
        state.leaving()
                .forEach(line -> leaving.put(line.productId(), line.quantity().value()));
        state.merges().forEach(merge -> merges.put(merge.mergeId(), merge));
    }

    @JsonValue
    CartState state() {
        return new CartState(id.customerId(), lines(items), checkout, lines(leaving), List.copyOf(merges.values()));
    }
}
