package dev.kontor.audit.cart;

import dev.kontor.audit.AuditProjection;
import dev.kontor.audit.Event;
import dev.kontor.audit.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A cart in the view {@code carts}: the quantity of each product, and the order of the open checkout. */
public final class CartAuditProjection implements AuditProjection {

    private final Map<String, Object> items = new HashMap<>();

    @Override
    public void apply(Event event, Fields document) {
        Payload payload = event.payload();
        switch (event.type()) {
            case "cart.CartItemPut" -> items.put(payload.text("productId"), payload.number("quantity"));
            case "cart.CartItemRemoved" -> items.remove(payload.text("productId"));
            case "cart.CartCleared" -> items.clear();
            case "cart.CartCheckedOut" -> document.set("checkout", payload.text("orderId"));
            case "cart.CartReopened" -> document.unset("checkout");
            case "cart.CartMerged" -> put(payload.objects("lines"));
            case "cart.CheckoutCompleted" -> {
                items.clear();
                put(payload.objects("remaining"));
                document.unset("checkout");
            }
            default -> {}
        }
        document.set("items", items);
    }

    private void put(List<Payload> lines) {
        for (Payload line : lines) {
            items.put(line.text("productId"), line.number("quantity"));
        }
    }
}
