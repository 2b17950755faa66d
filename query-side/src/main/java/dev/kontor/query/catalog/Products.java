package dev.kontor.query.catalog;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.order.StockMovement;
import dev.kontor.query.Arrivals;
import dev.kontor.query.View;
import dev.kontor.query.ViewStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** What other rooms ask the catalog. */
@Component
public class Products {

    private final ViewStore store;

    Products(ViewStore store) {
        this.store = store;
    }

    /** What a product is at this moment. */
    public record Summary(String title, Money price, boolean listed, long available) {}

    /** By id; absent where the catalog does not show the product (yet). */
    public Map<String, Summary> summaries(Collection<String> productIds) {
        Map<String, Summary> summaries = new HashMap<>();
        store.findAll(
                        View.CATALOG,
                        productIds,
                        ProductDocument.TITLE,
                        ProductDocument.AMOUNT,
                        ProductDocument.CURRENCY,
                        ProductDocument.LISTED,
                        ProductDocument.AVAILABLE)
                .forEach((id, document) -> summaries.put(
                        id,
                        new Summary(
                                document.getString(ProductDocument.TITLE),
                                ProductDocument.price(document),
                                document.getBoolean(ProductDocument.LISTED),
                                document.getLong(ProductDocument.AVAILABLE))));
        return summaries;
    }

    /** Whether every movement shows in the catalog; the watch wakes when one of the products is written. */
    public boolean show(List<StockMovement> movements, Arrivals.Watch watch) {
        movements.forEach(
                movement -> watch.on(View.CATALOG, movement.productId().value()));
        Map<String, Document> shown = store.findAll(
                View.CATALOG,
                movements.stream().map(movement -> movement.productId().value()).toList(),
                ProductDocument.VERSION);
        return movements.stream().allMatch(movement -> {
            Document product = shown.get(movement.productId().value());
            return product != null && product.getLong(ProductDocument.VERSION) >= movement.productVersion();
        });
    }
}
