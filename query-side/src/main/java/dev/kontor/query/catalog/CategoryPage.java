package dev.kontor.query.catalog;

import dev.kontor.query.catalog.CatalogQuery.Categories;
import dev.kontor.query.catalog.CatalogQuery.Category;
import dev.kontor.query.platform.PageAfter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Counts the products of one category after the other, in index order, until the page is full. Where time gets short it
 * ends after a complete category, so a search progresses even if one request cannot count all products.
 */
final class CategoryPage {

    private final int size;
    private final BooleanSupplier isTimeShort;
    private final List<Category> categories = new ArrayList<>();
    private String key;
    private String name;
    private long products;

    CategoryPage(int size, BooleanSupplier isTimeShort) {
        this.size = size;
        this.isTimeShort = isTimeShort;
    }

    /** Returns false for a product that is not of this page. */
    boolean add(ProductDocument product) {
        if (!product.listed()) {
            return true;
        }
        String itsKey = product.categoryKey();
        String itsName = product.description().category();
        if (itsKey.equals(key)) {
            // The same one whichever product comes first.
            name = itsName.compareTo(name) < 0 ? itsName : name;
            products++;
            return true;
        }
        finish();
        if (categories.size() == size || !categories.isEmpty() && isTimeShort.getAsBoolean()) {
            return false;
        }
        key = itsKey;
        name = itsName;
        products = 1;
        return true;
    }

    private void finish() {
        if (products > 0) {
            categories.add(new Category(name, products));
            products = 0;
        }
    }

    /** @param isLast whether no product is left */
    Categories end(boolean isLast) {
        finish();
        return new Categories(categories, isLast ? null : new PageAfter(key, ""));
    }
}
