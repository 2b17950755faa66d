package dev.kontor.query.catalog;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.regex;

import dev.kontor.api.catalog.CatalogQuery.SearchProducts;
import dev.kontor.api.catalog.ProductSort;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bson.conversions.Bson;

/**
 * How a search is found.
 *
 * @param wanted for the store
 * @param inOrder whether an index gives what is wanted in the order of the search
 * @param exact whether an index gives just what is wanted: then a page costs what it holds
 */
record ProductSearch(SearchProducts query, ProductOrder order, Bson wanted, boolean inOrder, boolean exact) {

    static ProductSearch of(SearchProducts query) {
        ProductOrder order = ProductOrder.of(query.sort());
        boolean bySeller = query.seller() != null;
        boolean byCategory = !query.category().isEmpty();
        boolean byPrice = query.minPrice() != null || query.maxPrice() != null;
        boolean byText = !query.search().isEmpty();
        // The indexes of categories and sellers give what is listed, newest first; all others have no other field.
        boolean inOrder = !bySeller && !byCategory || query.sort() == ProductSort.NEWEST && !query.alsoDelisted();
        boolean exact = inOrder
                && !byText
                && !(bySeller && byCategory)
                && (!byPrice || !bySeller && !byCategory && order.key().equals(ProductDocument.AMOUNT));
        List<Bson> wanted = wanted(query);
        return new ProductSearch(query, order, wanted.isEmpty() ? empty() : and(wanted), inOrder, exact);
    }

    private static List<Bson> wanted(SearchProducts query) {
        List<Bson> all = new ArrayList<>();
        if (!query.alsoDelisted()) {
            all.add(eq(ProductDocument.LISTED, true));
        }
        if (query.seller() != null) {
            all.add(eq(ProductDocument.SELLER_ID, query.seller().value()));
        }
        if (!query.category().isEmpty()) {
            all.add(eq(ProductDocument.CATEGORY_KEY, query.category()));
        }
        if (query.minPrice() != null) {
            all.add(gte(ProductDocument.AMOUNT, query.minPrice()));
        }
        if (query.maxPrice() != null) {
            all.add(lte(ProductDocument.AMOUNT, query.maxPrice()));
        }
        if (!query.search().isEmpty()) {
            // Quoted: what a client sends is text, never a pattern.
            all.add(regex(ProductDocument.SEARCH_TEXT, Pattern.quote(query.search())));
        }
        return all;
    }
}
