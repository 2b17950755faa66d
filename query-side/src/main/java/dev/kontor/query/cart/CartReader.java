package dev.kontor.query.cart;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.proto.cart.Cart;
import dev.kontor.proto.cart.CartItem;
import dev.kontor.query.Protos;
import dev.kontor.query.cart.CartQuery.AwaitCheckout;
import dev.kontor.query.cart.CartQuery.Ended;
import dev.kontor.query.cart.CartQuery.FindCart;
import dev.kontor.query.cart.CartQuery.Quote;
import dev.kontor.query.cart.CartQuery.QuoteLines;
import dev.kontor.query.cart.CartQuery.Shown;
import dev.kontor.query.catalog.FixedCurrency;
import dev.kontor.query.catalog.Products;
import dev.kontor.query.platform.ReadYourWrites;
import dev.kontor.query.platform.ViewStore;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Handles queries of carts. */
@Component
class CartReader {

    /** The items of a document have no order. */
    private static final Comparator<CartItem> BY_TITLE = Comparator.comparing(
                    (CartItem item) -> item.getTitle().toLowerCase(Locale.ROOT))
            .thenComparing(CartItem::getProductId);

    private final ViewStore store;
    private final ReadYourWrites arrivals;
    private final Products products;
    private final FixedCurrency currency;

    CartReader(ViewStore store, ReadYourWrites arrivals, Products products, FixedCurrency currency) {
        this.store = store;
        this.arrivals = arrivals;
        this.products = products;
        this.currency = currency;
    }

    private record Found(CartDocument cart, boolean enough) {}

    Shown handle(FindCart query) {
        Found found = arrivals.read(
                Duration.ofMillis(query.until().millis()),
                watch -> {
                    CartDocument cart = look(query.customerId(), query.until().atLeastVersion(), watch);
                    return new Found(cart, cart.version() >= query.until().atLeastVersion());
                },
                Found::enough);
        return new Shown(view(query.customerId(), found.cart()), found.enough());
    }

    Ended handle(AwaitCheckout query) {
        return arrivals.read(
                Duration.ofMillis(query.millis()),
                watch -> {
                    CartDocument cart = look(query.customerId(), query.cartVersion() + 1, watch);
                    return new Ended(cart.version() > query.cartVersion()
                            && !query.orderId().value().equals(cart.checkout()));
                },
                Ended::ended);
    }

    private CartDocument look(CustomerId customerId, long atLeastVersion, ReadYourWrites.Watch watch) {
        String id = customerId.value();
        watch.on(CartDocument.CARTS, id, atLeastVersion);
        return find(customerId);
    }

    /** Empty at version -1 if it never held an item. */
    CartDocument find(CustomerId customerId) {
        String id = customerId.value();
        return store.find(CartDocument.CARTS, id).orElseGet(() -> CartDocument.none(id));
    }

    Quote handle(QuoteLines query) {
        List<CartItem> items = items(query.units()).toList();
        return new Quote(items, total(items).map(Protos::money).orElse(null));
    }

    private Stream<CartItem> items(Map<String, Long> units) {
        Map<String, Products.Summary> summaries = products.summaries(units.keySet());
        Products.Summary unknown = new Products.Summary("", null, false, 0);
        return units.entrySet().stream()
                .map(item -> item(item.getKey(), item.getValue(), summaries.getOrDefault(item.getKey(), unknown)));
    }

    /** With the titles and prices of this moment. */
    Cart view(CustomerId customerId, CartDocument cart) {
        List<CartItem> items = items(cart.items()).sorted(BY_TITLE).toList();
        Cart.Builder proto = Cart.newBuilder()
                .setCustomerId(customerId.value())
                .addAllItems(items)
                .setVersion(cart.version());
        total(items).map(Protos::money).ifPresent(proto::setTotal);
        return proto.build();
    }

    private static CartItem item(String productId, long quantity, Products.Summary product) {
        CartItem.Builder item = CartItem.newBuilder()
                .setProductId(productId)
                .setTitle(product.title())
                .setQuantity(quantity)
                .setListed(product.listed())
                .setAvailable(product.available());
        if (product.price() != null) {
            item.setUnitPrice(Protos.money(product.price()))
                    .setLineTotal(Protos.money(product.price().times(new Quantity(quantity))));
        }
        return item.build();
    }

    /** Of all items or of none: a partial sum would be wrong. */
    private Optional<Money> total(List<CartItem> items) {
        if (items.isEmpty()) {
            return currency.code().map(Money::zero);
        }
        boolean isOneSum = items.stream().allMatch(CartItem::hasLineTotal)
                && items.stream()
                                .map(item -> item.getLineTotal().getCurrency())
                                .distinct()
                                .count()
                        == 1;
        return isOneSum
                ? items.stream()
                        .map(item -> new Money(
                                item.getLineTotal().getAmount(),
                                item.getLineTotal().getCurrency()))
                        .reduce(Money::plus)
                : Optional.empty();
    }
}
