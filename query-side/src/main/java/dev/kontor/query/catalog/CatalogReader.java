package dev.kontor.query.catalog;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Sorts;
import dev.kontor.api.catalog.CatalogQuery.Categories;
import dev.kontor.api.catalog.CatalogQuery.Category;
import dev.kontor.api.catalog.CatalogQuery.FindProduct;
import dev.kontor.api.catalog.CatalogQuery.ListCategories;
import dev.kontor.api.catalog.CatalogQuery.Page;
import dev.kontor.api.catalog.CatalogQuery.SearchProducts;
import dev.kontor.api.catalog.CatalogQuery.Shown;
import dev.kontor.api.catalog.ProductSort;
import dev.kontor.api.catalog.ProductView;
import dev.kontor.api.operations.PageAfter;
import dev.kontor.api.operations.Wait;
import dev.kontor.query.Arrivals;
import dev.kontor.query.Paging;
import dev.kontor.query.View;
import dev.kontor.query.ViewStore;
import dev.kontor.query.customer.CustomerNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** Answers questions about products. */
@Component
class CatalogReader {

    private final ViewStore store;
    private final Arrivals arrivals;
    private final CustomerNames names;

    CatalogReader(ViewStore store, Arrivals arrivals, CustomerNames names) {
        this.store = store;
        this.arrivals = arrivals;
        this.names = names;
    }

    private record Found(Document document, boolean fresh) {}

    @QueryHandler
    Shown handle(FindProduct query) {
        String id = query.productId().value();
        Found found = arrivals.read(
                Duration.ofMillis(query.until().millis()),
                watch -> {
                    watch.on(View.CATALOG, id);
                    Document document = store.find(View.CATALOG, id).orElse(null);
                    long version = document == null ? Wait.NOTHING : document.getLong(ProductDocument.VERSION);
                    return new Found(document, version >= query.until().atLeastVersion());
                },
                Found::fresh);
        return found.document() == null
                ? new Shown(null, found.fresh())
                : new Shown(withSellers(List.of(found.document())).getFirst(), found.fresh());
    }

    @QueryHandler
    Page handle(SearchProducts query) {
        Order order = Order.of(query.sort());
        List<Document> found = store.collection(View.CATALOG)
                .find(and(wanted(query), order.remaining(query.after())))
                .sort(order.sort())
                .limit(query.size() + 1)
                .into(new ArrayList<>());
        boolean more = found.size() > query.size();
        List<Document> shown = more ? found.subList(0, query.size()) : found;
        return new Page(withSellers(shown), more ? order.endOf(shown.getLast()) : null);
    }

    @QueryHandler
    Categories handle(ListCategories query) {
        List<Category> categories = new ArrayList<>();
        store.collection(View.CATALOG)
                .aggregate(List.of(
                        Aggregates.match(eq(ProductDocument.LISTED, true)),
                        Aggregates.group("$" + ProductDocument.CATEGORY, Accumulators.sum("products", 1L)),
                        Aggregates.sort(Sorts.ascending("_id"))))
                .forEach(document -> categories.add(new Category(
                        document.getString("_id"),
                        document.get("products", Number.class).longValue())));
        return new Categories(categories);
    }

    private List<ProductView> withSellers(List<Document> documents) {
        Map<String, String> sellers = names.of(documents.stream()
                .map(document -> document.getString(ProductDocument.SELLER_ID))
                .collect(Collectors.toSet()));
        return documents.stream()
                .map(document -> ProductDocument.read(
                        document, sellers.getOrDefault(document.getString(ProductDocument.SELLER_ID), "")))
                .toList();
    }

    private static Bson wanted(SearchProducts query) {
        List<Bson> all = new ArrayList<>();
        if (!query.alsoDelisted()) {
            all.add(eq(ProductDocument.LISTED, true));
        }
        if (!query.search().isEmpty()) {
            // Quoted: what a client sends is text, never a pattern.
            String part = Pattern.quote(query.search());
            all.add(or(regex(ProductDocument.TITLE, part, "i"), regex(ProductDocument.DESCRIPTION, part, "i")));
        }
        if (!query.category().isEmpty()) {
            all.add(eq(ProductDocument.CATEGORY, query.category()));
        }
        if (query.seller() != null) {
            all.add(eq(ProductDocument.SELLER_ID, query.seller().value()));
        }
        if (query.minPrice() != null) {
            all.add(gte(ProductDocument.AMOUNT, query.minPrice()));
        }
        if (query.maxPrice() != null) {
            all.add(lte(ProductDocument.AMOUNT, query.maxPrice()));
        }
        return all.isEmpty() ? empty() : and(all);
    }

    /** How a search is sorted, and where its next page goes on. The id runs the same way as the key. */
    private record Order(String key, boolean descending, boolean numeric) {

        static Order of(ProductSort sort) {
            return switch (sort) {
                case NEWEST -> new Order(ProductDocument.LISTED_AT, true, true);
                case CHEAPEST -> new Order(ProductDocument.AMOUNT, false, true);
                case DEAREST -> new Order(ProductDocument.AMOUNT, true, true);
                case TITLE -> new Order(ProductDocument.TITLE_KEY, false, false);
            };
        }

        Bson sort() {
            return descending ? Sorts.descending(key, "_id") : Sorts.ascending(key, "_id");
        }

        Bson remaining(PageAfter after) {
            if (after == null) {
                return empty();
            }
            Object value = numeric ? (Object) Paging.number(after) : after.key();
            return descending
                    ? or(lt(key, value), and(eq(key, value), lt("_id", after.id())))
                    : or(gt(key, value), and(eq(key, value), gt("_id", after.id())));
        }

        PageAfter endOf(Document last) {
            return new PageAfter(last.get(key).toString(), last.getString("_id"));
        }
    }
}
