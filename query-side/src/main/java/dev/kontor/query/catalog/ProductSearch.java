package dev.kontor.query.catalog;

import dev.kontor.query.catalog.CatalogQuery.SearchProducts;
import dev.kontor.query.platform.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The plan of a search.
 *
 * @param scan covers all matching products
 * @param wanted the filter for each scanned product
 * @param inOrder whether the scan is in the order of the search, from the end of the previous page
 * @param exact whether the scan covers matching products only: then the cost of a page is its size
 */
record ProductSearch(
        SearchProducts query,
        ProductOrder order,
        Scan<ProductDocument> scan,
        Predicate<ProductDocument> wanted,
        boolean inOrder,
        boolean exact) {

    static ProductSearch of(SearchProducts query) {
        ProductOrder order = ProductOrder.of(query.sort());
        List<Predicate<ProductDocument>> left = new ArrayList<>();
        Scan<ProductDocument> scan;
        boolean inOrder = query.sort() == ProductSort.NEWEST && !query.alsoDelisted();
        if (query.seller() != null) {
            scan = Scan.of(ProductDocument.PRODUCTS, ProductDocument.BY_SELLER);
            scan = query.alsoDelisted() ? scan.where(query.seller()) : scan.where(query.seller(), true);
            if (!query.category().isEmpty()) {
                left.add(product -> product.categoryKey().equals(query.category()));
            }
        } else if (!query.category().isEmpty()) {
            scan = Scan.of(ProductDocument.PRODUCTS, ProductDocument.BY_CATEGORY);
            scan = query.alsoDelisted() ? scan.where(query.category()) : scan.where(query.category(), true);
        } else {
            scan = Scan.of(ProductDocument.PRODUCTS, order.index());
            inOrder = !query.alsoDelisted();
            scan = inOrder ? scan.where(true) : scan;
        }
        if (inOrder && scan.index() == ProductDocument.BY_PRICE) {
            scan = scan.between(query.minPrice(), query.maxPrice());
        } else {
            byPrice(query, left);
        }
        if (query.inStock() != null) {
            left.add(product -> product.stock().available() > 0 == query.inStock());
        }
        if (inOrder) {
            scan = scan.descending(order.descending()).after(order.place(query.after()));
        }
        return new ProductSearch(
                query,
                order,
                scan,
                left.stream().reduce(product -> true, Predicate::and),
                inOrder,
                inOrder && left.isEmpty());
    }

    private static void byPrice(SearchProducts query, List<Predicate<ProductDocument>> left) {
        if (query.minPrice() != null) {
            left.add(product -> product.price().amount() >= query.minPrice());
        }
        if (query.maxPrice() != null) {
            left.add(product -> product.price().amount() <= query.maxPrice());
        }
    }
}
