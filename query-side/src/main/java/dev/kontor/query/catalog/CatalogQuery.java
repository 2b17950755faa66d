package dev.kontor.query.catalog;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.proto.catalog.Product;
import dev.kontor.query.platform.PageAfter;
import dev.kontor.query.platform.Wait;
import java.util.List;

sealed interface CatalogQuery {

    /** Returns a {@link Shown}. */
    record FindProduct(ProductId productId, Wait until) implements CatalogQuery {}

    /** Returns a list of products, in the order of the ids, without those that do not exist. */
    record FindProducts(List<ProductId> productIds) implements CatalogQuery {

        public FindProducts {
            productIds = List.copyOf(productIds);
        }
    }

    /**
     * Returns a {@link Page}.
     *
     * @param search words of title, category or description in their compared form; empty for all
     * @param category in its compared form; empty for all
     * @param seller null for all
     * @param alsoDelisted whether to include products that are no longer for sale
     * @param minPrice in the smallest unit of the currency, null for no bound
     * @param maxPrice in the smallest unit of the currency, null for no bound
     * @param inStock null for all
     * @param facets whether to count what is found
     * @param after null for the first page
     */
    record SearchProducts(
            String search,
            String category,
            CustomerId seller,
            boolean alsoDelisted,
            Long minPrice,
            Long maxPrice,
            Boolean inStock,
            boolean facets,
            ProductSort sort,
            int size,
            PageAfter after)
            implements CatalogQuery {

        /** Whether the search index is needed. */
        boolean isIndexed() {
            return !search.isEmpty() || facets;
        }
    }

    /** Returns a list of {@link Suggestion}. @param text the words typed so far, in their compared form */
    record Suggest(String text, int size) implements CatalogQuery {}

    /** @param isCategory whether it is the name of a category; else a title */
    record Suggestion(String text, boolean isCategory) {}

    /**
     * Returns {@link Categories}.
     *
     * @param after null for the first page
     */
    record ListCategories(int size, PageAfter after) implements CatalogQuery {}

    /**
     * @param product null if it does not exist
     * @param fresh whether the document has the version waited for
     */
    record Shown(Product product, boolean fresh) {}

    /**
     * @param facets null if they were not asked for
     * @param next null on the last page
     */
    record Page(List<Product> products, dev.kontor.proto.catalog.Facets facets, PageAfter next) {

        public Page {
            products = List.copyOf(products);
        }
    }

    /**
     * Sorted by name.
     *
     * @param next null on the last page
     */
    record Categories(List<Category> categories, PageAfter next) {

        public Categories {
            categories = List.copyOf(categories);
        }
    }

    /** @param products how many of its products are for sale */
    record Category(String name, long products) {}
}
