package dev.kontor.query.catalog;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.gte;

import com.mongodb.client.FindIterable;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import dev.kontor.api.catalog.CatalogQuery.Categories;
import dev.kontor.api.catalog.CatalogQuery.FindProduct;
import dev.kontor.api.catalog.CatalogQuery.ListCategories;
import dev.kontor.api.catalog.CatalogQuery.Page;
import dev.kontor.api.catalog.CatalogQuery.SearchProducts;
import dev.kontor.api.catalog.CatalogQuery.Shown;
import dev.kontor.api.catalog.ProductView;
import dev.kontor.api.operations.PageAfter;
import dev.kontor.api.operations.Wait;
import dev.kontor.query.Arrivals;
import dev.kontor.query.SearchTime;
import dev.kontor.query.Searches;
import dev.kontor.query.View;
import dev.kontor.query.ViewStore;
import dev.kontor.query.customer.CustomerNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
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
    private final Searches searches;

    CatalogReader(ViewStore store, Arrivals arrivals, CustomerNames names, Searches searches) {
        this.store = store;
        this.arrivals = arrivals;
        this.names = names;
        this.searches = searches;
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
        ProductSearch search = ProductSearch.of(query);
        List<Document> found = search.exact() ? page(search) : searches.run(time -> search(search, time));
        boolean more = found.size() > query.size();
        List<Document> shown = more ? found.subList(0, query.size()) : found;
        return new Page(withSellers(shown), more ? search.order().endOf(shown.getLast()) : null);
    }

    private FindIterable<Document> inOrder(ProductSearch search, Bson remaining) {
        return store.collection(View.CATALOG)
                .find(and(search.wanted(), remaining))
                .sort(search.order().sort());
    }

    /**
     * Where many products have the same key, such as a price, one range of the index would begin with all of them, also with
     * those of pages before. So each range is asked for by itself.
     */
    private List<Document> page(ProductSearch search) {
        int wanted = search.query().size() + 1;
        PageAfter after = search.query().after();
        if (after == null) {
            return inOrder(search, empty()).limit(wanted).into(new ArrayList<>());
        }
        List<Document> page =
                inOrder(search, search.order().rest(after)).limit(wanted).into(new ArrayList<>());
        if (page.size() < wanted) {
            inOrder(search, search.order().behind(after))
                    .limit(wanted - page.size())
                    .into(page);
        }
        return page;
    }

    /** One more than a page shows, where there are so many. */
    private List<Document> search(ProductSearch search, SearchTime time) {
        int wanted = search.query().size() + 1;
        if (search.inOrder()) {
            List<Document> first = new ArrayList<>();
            time.each(inOrder(search, search.order().remaining(search.query().after())), document -> {
                first.add(document);
                return first.size() < wanted;
            });
            return first;
        }
        Comparator<Document> order = search.order().comparator();
        Document end = search.order().end(search.query().after());
        PriorityQueue<Document> best = new PriorityQueue<>(order.reversed());
        time.each(store.collection(View.CATALOG).find(search.wanted()), document -> {
            if (end == null || order.compare(document, end) > 0) {
                best.add(document);
                if (best.size() > wanted) {
                    best.remove();
                }
            }
            return true;
        });
        return best.stream().sorted(order).toList();
    }

    @QueryHandler
    Categories handle(ListCategories query) {
        return searches.run(time -> categories(query, time));
    }

    /**
     * Along the index of categories, and only of this page. Listed or not is not asked of the store: it would take another
     * index then, and sort all that there is.
     */
    private Categories categories(ListCategories query, SearchTime time) {
        FindIterable<Document> products = store.collection(View.CATALOG)
                .find(query.after() == null ? empty() : behind(query.after().key()))
                .projection(Projections.include(
                        ProductDocument.CATEGORY_KEY, ProductDocument.CATEGORY, ProductDocument.LISTED))
                .sort(Sorts.ascending(ProductDocument.CATEGORY_KEY));
        CategoryPage page = new CategoryPage(query.size(), time::isShort);
        boolean isLast = time.each(products, page::add);
        return page.end(isLast);
    }

    /** The text that comes next: "greater than" would meet all products of the category before once more. */
    private static Bson behind(String categoryKey) {
        return gte(ProductDocument.CATEGORY_KEY, categoryKey + '\0');
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
}
