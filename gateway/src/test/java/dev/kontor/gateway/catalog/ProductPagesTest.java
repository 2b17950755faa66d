package dev.kontor.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.platform.PreparedJson;
import dev.kontor.proto.catalog.Product;
import dev.kontor.proto.catalog.SearchProductsResponse;
import org.junit.jupiter.api.Test;

class ProductPagesTest {

    private static final SearchProductsResponse TWO = SearchProductsResponse.newBuilder()
            .addProducts(Product.newBuilder().setId("lamp"))
            .addProducts(Product.newBuilder().setId("pen"))
            .build();

    @Test
    void a_page_of_the_same_products_is_made_once_and_another_one_replaces_it() {
        ProductPages pages = new ProductPages(new ProductTexts(true), true);
        PreparedJson first = pages.of(20, TWO);

        assertThat(pages.of(20, TWO.toBuilder().build())).isSameAs(first);
        assertThat(pages.of(10, TWO)).isNotSameAs(first);
        for (SearchProductsResponse other : new SearchProductsResponse[] {
            TWO.toBuilder().setProducts(0, Product.newBuilder().setId("torch")).build(),
            TWO.toBuilder().removeProducts(1).build(),
            TWO.toBuilder().setNextPageToken("next").build()
        }) {
            PreparedJson changed = pages.of(20, other);
            assertThat(changed.entityTag()).isNotEqualTo(first.entityTag());
            assertThat(pages.of(20, other)).isSameAs(changed);
        }
        assertThat(pages.of(20, TWO).entityTag()).isEqualTo(first.entityTag());
    }

    @Test
    void a_page_of_messages_from_another_process_is_not_kept() {
        ProductPages pages = new ProductPages(new ProductTexts(false), false);

        assertThat(pages.of(20, TWO)).isNotSameAs(pages.of(20, TWO));
        assertThat(pages.of(20, TWO).entityTag())
                .isEqualTo(new ProductPages(new ProductTexts(true), true)
                        .of(20, TWO)
                        .entityTag());
    }
}
