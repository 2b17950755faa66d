package dev.kontor.standalone.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.store.EmbeddedStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedSellersTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final CustomerId BERT = CustomerId.mint();

    @TempDir
    Path folder;

    private EmbeddedStore store;

    private EmbeddedSellers open() {
        close();
        store = EmbeddedStore.open(folder);
        return new EmbeddedSellers(store.column("sellers"));
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void a_seller_s_products_are_found_also_after_a_restart() {
        ProductId lamp = ProductId.mint();
        ProductId desk = ProductId.mint();
        ProductId gone = ProductId.mint();
        EmbeddedSellers sellers = open();
        sellers.listed(lamp, ANNA);
        sellers.listed(desk, ANNA);
        sellers.listed(gone, ANNA);
        sellers.listed(ProductId.mint(), BERT);
        sellers.delisted(gone);

        assertThat(sellers.productsOf(ANNA)).containsExactlyInAnyOrder(lamp, desk);
        assertThat(open().productsOf(ANNA)).containsExactlyInAnyOrder(lamp, desk);
        assertThat(open().productsOf(CustomerId.mint())).isEmpty();
    }

    @Test
    void a_closed_seller_stays_closed_until_reopened() {
        EmbeddedSellers sellers = open();
        assertThat(sellers.closed(ANNA, 4)).isTrue();

        assertThat(open().isClosed(ANNA)).isTrue();
        assertThat(open().isClosed(BERT)).isFalse();
        open().reopened(ANNA, 5);
        assertThat(open().isClosed(ANNA)).isFalse();
    }
}
