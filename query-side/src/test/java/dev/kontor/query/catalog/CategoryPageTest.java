package dev.kontor.query.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.query.catalog.CatalogQuery.Categories;
import dev.kontor.query.catalog.CatalogQuery.Category;
import dev.kontor.query.platform.PageAfter;
import java.util.List;
import org.junit.jupiter.api.Test;

class CategoryPageTest {

    private boolean isShort;

    private static ProductDocument product(String category) {
        return product(category, true);
    }

    private static ProductDocument product(String category, boolean listed) {
        return new ProductDocument(
                "id",
                new Description("Thing", "", category),
                "",
                category.toLowerCase(),
                new Money(1, "EUR"),
                new StockLevel(1, 0),
                CustomerId.mint(),
                listed,
                0,
                0,
                0,
                0);
    }

    private Categories page(int size, ProductDocument... products) {
        CategoryPage page = new CategoryPage(size, () -> isShort);
        boolean isLast = List.of(products).stream().allMatch(page::add);
        return page.end(isLast);
    }

    @Test
    void what_is_listed_is_counted_under_one_name() {
        assertThat(page(9, product("Cups"), product("CUPS"), product("Lost", false), product("Tea")))
                .isEqualTo(new Categories(List.of(new Category("CUPS", 2), new Category("Tea", 1)), null));
        assertThat(page(9)).isEqualTo(new Categories(List.of(), null));
    }

    @Test
    void a_full_page_ends_with_the_product_that_is_of_another_one() {
        assertThat(page(1, product("Cups"), product("Cups"), product("Tea")))
                .isEqualTo(new Categories(List.of(new Category("Cups", 2)), new PageAfter("cups", "")));
        assertThat(page(2, product("Cups"), product("Tea")).next()).isNull();
    }

    @Test
    void where_time_gets_short_a_page_ends_after_one_whole_category_at_least() {
        isShort = true;

        assertThat(page(9, product("Cups"), product("Cups"), product("Tea"), product("Toys")))
                .isEqualTo(new Categories(List.of(new Category("Cups", 2)), new PageAfter("cups", "")));
    }
}
