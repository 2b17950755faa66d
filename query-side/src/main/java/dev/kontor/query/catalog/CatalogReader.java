package dev.kontor.query.catalog;

import dev.kontor.api.ids.ProductId;
import dev.kontor.proto.catalog.Product;
import dev.kontor.query.SearchDeadline;
import dev.kontor.query.SearchExecutor;
import dev.kontor.query.catalog.CatalogQuery.Categories;
import dev.kontor.query.catalog.CatalogQuery.FindProduct;
import dev.kontor.query.catalog.CatalogQuery.FindProducts;
import dev.kontor.query.catalog.CatalogQuery.ListCategories;
import dev.kontor.query.catalog.CatalogQuery.Page;
import dev.kontor.query.catalog.CatalogQuery.SearchProducts;
import dev.kontor.query.catalog.CatalogQuery.Shown;
import dev.kontor.query.catalog.CatalogQuery.Suggest;
import dev.kontor.query.catalog.CatalogQuery.Suggestion;
import dev.kontor.query.customer.CustomerNames;
import dev.kontor.query.platform.ReadYourWrites;
import dev.kontor.query.platform.Scan;
import dev.kontor.query.platform.Scan.Place;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.query.platform.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Handles queries of products. */
@Component
class CatalogReader {

    private final ViewStore store;
    private final ReadYourWrites arrivals;
    private final CustomerNames names;
    private final SearchExecutor searches;
    private final ProductMessages messages;
    private final ProductIndex index;
    private final ProductSearcher searcher;
    private final SearchFreshness freshness;

    CatalogReader(
            ViewStore store,
            ReadYourWrites arrivals,
            CustomerNames names,
            SearchExecutor searches,
            ProductIndex index,
            SearchFreshness freshness) {
        this.store = store;
        this.arrivals = arrivals;
        this.names = names;
        this.searches = searches;
        // Where other processes write documents too, each read decodes them again.
        this.messages = new ProductMessages(!store.isShared());
        this.index = index;
        this.searcher = new ProductSearcher(index);
        this.freshness = freshness;
    }

    private record Found(ProductDocument product, boolean fresh) {}

    Shown handle(FindProduct query) {
        String id = query.productId().value();
        long due = query.until().atLeastVersion();
        Found found = arrivals.read(
                Duration.ofMillis(query.until().millis()),
                watch -> {
                    watch.on(ProductDocument.PRODUCTS, id, due);
                    watch.on(SearchedProduct.PRODUCTS, id, due);
                    ProductDocument product =
                            store.find(ProductDocument.PRODUCTS, id).orElse(null);
                    return new Found(product, isFresh(product, due));
                },
                Found::fresh);
        return found.product() == null
                ? new Shown(null, found.fresh())
                : new Shown(withSellers(List.of(found.product())).getFirst(), found.fresh());
    }

    List<Product> handle(FindProducts query) {
        List<String> ids = query.productIds().stream().map(ProductId::value).toList();
        Map<String, ProductDocument> found = store.findAll(ProductDocument.PRODUCTS, ids);
        return withSellers(ids.stream().map(found::get).filter(Objects::nonNull).toList());
    }

    /** A read that waits for a write also waits until a search finds what was written. */
    private boolean isFresh(ProductDocument product, long due) {
        return product == null
                ? due <= Wait.NOTHING
                : product.version() >= due && (due <= Wait.NOTHING || index.shows(product));
    }

    Page handle(SearchProducts query) {
        return query.isIndexed() ? indexed(query) : scanned(query);
    }

    private Page indexed(SearchProducts query) {
        ProductSearcher.Found found = searches.run(time -> {
            freshness.await(time);
            return searcher.search(query, time);
        });
        Map<String, ProductDocument> documents = store.findAll(ProductDocument.PRODUCTS, found.ids());
        List<ProductDocument> shown = new ArrayList<>();
        for (String id : found.ids()) {
            ProductDocument product = documents.get(id);
            if (product != null && (product.listed() || query.alsoDelisted())) {
                shown.add(product);
            }
        }
        Facets facets = found.facets();
        return new Page(withSellers(shown), facets == null ? null : proto(facets), found.next());
    }

    private dev.kontor.proto.catalog.Facets proto(Facets facets) {
        Map<String, String> sellers =
                names.of(facets.sellers().stream().map(Facets.Count::value).toList());
        return FacetProtos.of(facets, sellers);
    }

    List<Suggestion> handle(Suggest typed) {
        return searches.run(time -> searcher.suggest(typed, time));
    }

    private Page scanned(SearchProducts query) {
        ProductSearch search = ProductSearch.of(query);
        List<ProductDocument> found = search.exact() ? page(search) : searches.run(time -> search(search, time));
        boolean more = found.size() > query.size();
        List<ProductDocument> shown = more ? found.subList(0, query.size()) : found;
        return new Page(withSellers(shown), null, more ? search.order().endOf(shown.getLast()) : null);
    }

    /** One more than a page shows, if there are that many. */
    private List<ProductDocument> page(ProductSearch search) {
        List<ProductDocument> page = new ArrayList<>();
        store.scan(search.scan().first(search.query().size() + 1), page::add);
        return page;
    }

    /** One more than a page shows, if there are that many. */
    private List<ProductDocument> search(ProductSearch search, SearchDeadline time) {
        int wanted = search.query().size() + 1;
        if (search.inOrder()) {
            List<ProductDocument> first = new ArrayList<>();
            time.each(store, search.scan(), product -> {
                if (search.wanted().test(product)) {
                    first.add(product);
                }
                return first.size() < wanted;
            });
            return first;
        }
        Comparator<ProductDocument> order = search.order().comparator();
        Place end = search.order().place(search.query().after());
        PriorityQueue<ProductDocument> best = new PriorityQueue<>(order.reversed());
        time.each(store, search.scan(), product -> {
            if (search.wanted().test(product) && search.order().isBehind(product, end)) {
                best.add(product);
                if (best.size() > wanted) {
                    best.remove();
                }
            }
            return true;
        });
        return best.stream().sorted(order).toList();
    }

    Categories handle(ListCategories query) {
        return searches.run(time -> categories(query, time));
    }

    /** Scans the index of categories, for this page only. */
    private Categories categories(ListCategories query, SearchDeadline time) {
        Scan<ProductDocument> products = Scan.of(ProductDocument.PRODUCTS, ProductDocument.BY_CATEGORY);
        CategoryPage page = new CategoryPage(query.size(), time::isShort);
        boolean isLast = time.each(
                store,
                // The smallest greater text: a bound "greater than" would read all products of the previous category
                // again.
                query.after() == null
                        ? products
                        : products.between(query.after().key() + '\0', null),
                page::add);
        return page.end(isLast);
    }

    private List<Product> withSellers(List<ProductDocument> products) {
        Set<String> ids = new HashSet<>();
        products.forEach(product -> ids.add(product.sellerId().value()));
        Map<String, String> sellers = names.of(ids);
        List<Product> shown = new ArrayList<>(products.size());
        products.forEach(product -> shown.add(
                messages.of(product, sellers.getOrDefault(product.sellerId().value(), ""))));
        return shown;
    }
}
