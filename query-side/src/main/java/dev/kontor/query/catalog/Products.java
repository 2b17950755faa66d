package dev.kontor.query.catalog;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.order.StockMovement;
import dev.kontor.query.platform.ReadYourWrites;
import dev.kontor.query.platform.ViewStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Catalog data for other features. */
@Component
public class Products {

    private final ViewStore store;

    Products(ViewStore store) {
        this.store = store;
    }

    /** The current data of a product. */
    public record Summary(String title, Money price, boolean listed, long available) {}

    /** By id; absent if the catalog does not show the product (yet). */
    public Map<String, Summary> summaries(Collection<String> productIds) {
        Map<String, Summary> summaries = new HashMap<>();
        store.findAll(ProductDocument.PRODUCTS, productIds)
                .forEach((id, product) -> summaries.put(
                        id,
                        new Summary(
                                product.description().title(),
                                product.price(),
                                product.listed(),
                                product.stock().available())));
        return summaries;
    }

    /** Whether the catalog shows every movement; a write of one of the products wakes the watch. */
    public boolean show(List<StockMovement> movements, ReadYourWrites.Watch watch) {
        movements.forEach(movement ->
                watch.on(ProductDocument.PRODUCTS, movement.productId().value(), movement.productVersion()));
        Map<String, ProductDocument> shown = store.findAll(
                ProductDocument.PRODUCTS,
                movements.stream().map(movement -> movement.productId().value()).toList());
        return movements.stream().allMatch(movement -> {
            ProductDocument product = shown.get(movement.productId().value());
            return product != null && product.version() >= movement.productVersion();
        });
    }
}
