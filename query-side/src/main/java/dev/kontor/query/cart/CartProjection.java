package dev.kontor.query.cart;

import dev.kontor.api.cart.CartEvent;
import dev.kontor.api.cart.CartEvent.CartCheckedOut;
import dev.kontor.api.cart.CartEvent.CartCleared;
import dev.kontor.api.cart.CartEvent.CartItemPut;
import dev.kontor.api.cart.CartEvent.CartItemRemoved;
import dev.kontor.api.cart.CartEvent.CartMerged;
import dev.kontor.api.cart.CartEvent.CartReopened;
import dev.kontor.api.cart.CartEvent.CheckoutCompleted;
import dev.kontor.api.cart.CartLine;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewWriter;
import java.util.List;
import java.util.function.UnaryOperator;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** Projects carts from the log: the quantity of each product, and the order of a running checkout. */
@Component
@ProcessingGroup(CartDocument.VIEW_NAME)
class CartProjection {

    private final ViewWriter writer;

    CartProjection(ViewWriter writer) {
        this.writer = writer;
    }

    @Bean
    static View cartsView() {
        return CartDocument.VIEW;
    }

    @EventHandler
    void on(CartItemPut event, @SequenceNumber long version) {
        change(
                event,
                version,
                before -> before.with(List.of(new CartLine(event.productId(), event.quantity())), version));
    }

    @EventHandler
    void on(CartMerged event, @SequenceNumber long version) {
        change(event, version, before -> before.with(event.lines(), version));
    }

    @EventHandler
    void on(CartItemRemoved event, @SequenceNumber long version) {
        change(event, version, before -> before.without(event.productId(), version));
    }

    @EventHandler
    void on(CartCleared event, @SequenceNumber long version) {
        change(event, version, before -> before.cleared(version));
    }

    @EventHandler
    void on(CartCheckedOut event, @SequenceNumber long version) {
        change(event, version, before -> before.checkout(event.orderId(), version));
    }

    @EventHandler
    void on(CheckoutCompleted event, @SequenceNumber long version) {
        change(event, version, before -> before.remaining(event.remaining(), version));
    }

    @EventHandler
    void on(CartReopened event, @SequenceNumber long version) {
        change(event, version, before -> before.checkout(null, version));
    }

    private void change(CartEvent event, long version, UnaryOperator<CartDocument> change) {
        String id = event.customerId().value();
        writer.at(
                CartDocument.CARTS,
                id,
                version,
                before -> change.apply(before == null ? CartDocument.none(id) : before));
    }
}
