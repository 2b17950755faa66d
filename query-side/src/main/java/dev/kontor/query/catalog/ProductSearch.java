package dev.kontor.query.catalog;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;

import dev.kontor.api.catalog.CatalogQuery.SearchProducts;
import dev.kontor.api.catalog.ProductSort;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * How a search is found. What one index can tell is asked of the store; all else is looked up in each document that this gives,
 * so that no request keeps the store busy for long.
 *
 * @param base for the store
 * @param inOrder whether an index gives what the base finds in the order of the search
 * @param rest what of that is wanted; null for all
 */
record ProductSearch(SearchProducts query, ProductOrder order, Bson base, boolean inOrder, Predicate<Document> rest) {

    static ProductSearch of(SearchProducts query) {
        ProductOrder order = ProductOrder.of(query.sort());
        List<Bson> base = new ArrayList<>();
        List<Predicate<Document>> rest = new ArrayList<>();
        boolean byPrice = order.key().equals(ProductDocument.AMOUNT);
        boolean narrowed = query.seller() != null || !query.category().isEmpty();
        if (query.seller() != null) {
            base.add(eq(ProductDocument.SELLER_ID, query.seller().value()));
        }
        if (!query.category().isEmpty()) {
            if (query.seller() == null) {
                base.add(eq(ProductDocument.CATEGORY_KEY, query.category()));
            } else {
                rest.add(document -> query.category().equals(document.getString(ProductDocument.CATEGORY_KEY)));
            }
        }
        if (!query.alsoDelisted()) {
            base.add(eq(ProductDocument.LISTED, true));
        }
        if (query.minPrice() != null || query.maxPrice() != null) {
            long min = query.minPrice() == null ? Long.MIN_VALUE : query.minPrice();
            long max = query.maxPrice() == null ? Long.MAX_VALUE : query.maxPrice();
            if (byPrice && !narrowed) {
                base.add(and(gte(ProductDocument.AMOUNT, min), lte(ProductDocument.AMOUNT, max)));
            } else {
                rest.add(document -> document.getLong(ProductDocument.AMOUNT) >= min
                        && document.getLong(ProductDocument.AMOUNT) <= max);
            }
        }
        if (!query.search().isEmpty()) {
            rest.add(document -> document.getString(ProductDocument.SEARCH_TEXT).contains(query.search()));
        }
        boolean inOrder = !narrowed || query.sort() == ProductSort.NEWEST && !query.alsoDelisted();
        return new ProductSearch(
                query,
                order,
                base.isEmpty() ? empty() : and(base),
                inOrder,
                rest.stream().reduce(Predicate::and).orElse(null));
    }

    /** Whether every document that the store gives is shown: then a page costs what it holds. */
    boolean isExact() {
        return inOrder && rest == null;
    }

    boolean wants(Document document) {
        return rest == null || rest.test(document);
    }
}
