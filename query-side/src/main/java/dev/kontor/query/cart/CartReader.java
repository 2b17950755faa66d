package dev.kontor.query.cart;

import dev.kontor.api.cart.CartQuery.AwaitCheckout;
import dev.kontor.api.cart.CartQuery.Ended;
import dev.kontor.api.cart.CartQuery.FindCart;
import dev.kontor.api.cart.CartQuery.Shown;
import dev.kontor.api.cart.CartView;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.query.catalog.FixedCurrency;
import dev.kontor.query.catalog.Products;
import dev.kontor.query.platform.ReadYourWrites;
import dev.kontor.query.platform.ViewStore;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

/** Handles queries of carts. */
@Component
class CartReader {

    /** The items of a document have no order. */
    private static final Comparator<CartView.Line> BY_TITLE = Comparator.comparing(
                    (CartView.Line line) -> line.title().toLowerCase(Locale.ROOT))
            .thenComparing(line -> line.productId().value());

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

    @QueryHandler
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

    @QueryHandler
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
        return store.find(CartDocument.CARTS, id).orElseGet(() -> CartDocument.none(id));
    }

    private CartView view(CustomerId customerId, CartDocument cart) {
        Set<String> productIds = cart.items().keySet();
        Map<String, Products.Summary> summaries = products.summaries(productIds);
        Products.Summary unknown = new Products.Summary("", null, false, 0);
        List<CartView.Line> lines = productIds.stream()
                .map(id -> line(id, cart.items().get(id), summaries.getOrDefault(id, unknown)))
                .sorted(BY_TITLE)
                .toList();
        return new CartView(customerId, lines, total(lines), cart.version());
    }

    /** Of all lines or of none: a partial sum would be wrong. */
    private Money total(List<CartView.Line> lines) {
        if (lines.isEmpty()) {
            return currency.code().map(Money::zero).orElse(null);
        }
        boolean isOneSum = lines.stream().allMatch(line -> line.unitPrice() != null)
                && lines.stream()
                                .map(line -> line.unitPrice().currency())
                                .distinct()
                                .count()
                        == 1;
        return isOneSum
                ? lines.stream().map(CartView.Line::total).reduce(Money::plus).orElseThrow()
                : null;
    }

    private static CartView.Line line(String productId, long quantity, Products.Summary summary) {
        return new CartView.Line(
                new ProductId(productId),
                summary.title(),
                summary.price(),
                quantity,
                summary.listed(),
                summary.available());
    }
}
