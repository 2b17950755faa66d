package dev.kontor.query.catalog;

import static dev.kontor.query.Given.listed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.proto.catalog.Product;
import dev.kontor.query.QuerySides;
import dev.kontor.query.QuerySides.Member;
import dev.kontor.query.catalog.CatalogQuery.FindProduct;
import dev.kontor.query.catalog.CatalogQuery.SearchProducts;
import dev.kontor.query.platform.Wait;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two query sides over one log and one MongoDB, each with an index of its own. */
class SharedSearchTest {

    private final CustomerId seller = CustomerId.mint();

    @Test
    void what_one_instance_has_shown_is_found_at_the_other_one(@TempDir Path folder) {
        try (QuerySides sides = new QuerySides(folder)) {
            Member one = sides.start();
            Member two = sides.start();

            for (int i = 0; i < 10; i++) {
                ProductId id = ProductId.mint();
                sides.write(listed(id, seller, "Sextant " + i, 100));
                assertThat(one.bean(CatalogReader.class)
                                .handle(new FindProduct(id, new Wait(0, 30_000)))
                                .fresh())
                        .isTrue();

                for (Member any : new Member[] {two, one}) {
                    assertThat(any.bean(CatalogReader.class)
                                    .handle(newest("sextant"))
                                    .products())
                            .extracting(Product::getId)
                            .startsWith(id.value())
                            .hasSize(i + 1);
                }
            }
        }
    }

    private static SearchProducts newest(String search) {
        return new SearchProducts(search, "", null, false, null, null, null, false, ProductSort.NEWEST, 20, null);
    }
}
