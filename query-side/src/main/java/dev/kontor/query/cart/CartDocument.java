package dev.kontor.query.cart;

import dev.kontor.api.cart.CartLine;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewDocument;
import dev.kontor.query.platform.Wait;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * A cart.
 *
 * @param id of the customer
 * @param items the quantity of each product, by its id
 * @param checkout the order that a running checkout will place; null if there is none
 */
public record CartDocument(@BsonId String id, Map<String, Long> items, String checkout, long version)
        implements ViewDocument {

    static final String VIEW_NAME = "carts";
    static final DocumentType<CartDocument> CARTS = DocumentType.of(VIEW_NAME, CartDocument.class);
    public static final View VIEW = View.of(VIEW_NAME, 4, CARTS);

    static CartDocument none(String customerId) {
        return new CartDocument(customerId, Map.of(), null, Wait.NOTHING);
    }

    /** @param lines the whole quantity of each */
    CartDocument with(List<CartLine> lines, long at) {
        Map<String, Long> more = new HashMap<>(items);
        lines.forEach(line -> more.put(line.productId().value(), line.quantity().value()));
        return new CartDocument(id, more, checkout, at);
    }

    CartDocument without(ProductId product, long at) {
        Map<String, Long> fewer = new HashMap<>(items);
        fewer.remove(product.value());
        return new CartDocument(id, fewer, checkout, at);
    }

    CartDocument cleared(long at) {
        return new CartDocument(id, Map.of(), checkout, at);
    }

    /** @param order null if the cart is open again */
    CartDocument checkout(OrderId order, long at) {
        return new CartDocument(id, items, order == null ? null : order.value(), at);
    }

    CartDocument remaining(List<CartLine> lines, long at) {
        Map<String, Long> left = new HashMap<>();
        lines.forEach(line -> left.put(line.productId().value(), line.quantity().value()));
        return new CartDocument(id, left, null, at);
    }
}
