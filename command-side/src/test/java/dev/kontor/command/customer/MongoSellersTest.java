package dev.kontor.command.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.testsupport.MemoryMongo;
import org.bson.Document;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MongoSellersTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final CustomerId BERT = CustomerId.mint();

    @AutoClose
    private final MemoryMongo mongo = new MemoryMongo();

    private final MongoSellers sellers = new MongoSellers(mongo.database());

    @Test
    void a_seller_s_products_are_found_also_by_another_process() {
        ProductId lamp = ProductId.mint();
        ProductId desk = ProductId.mint();
        ProductId gone = ProductId.mint();
        sellers.listed(lamp, ANNA);
        sellers.listed(desk, ANNA);
        sellers.listed(desk, ANNA);
        sellers.listed(gone, ANNA);
        sellers.listed(ProductId.mint(), BERT);
        sellers.delisted(gone);

        assertThat(new MongoSellers(mongo.database()).productsOf(ANNA)).containsExactlyInAnyOrder(lamp, desk);
        assertThat(sellers.productsOf(CustomerId.mint())).isEmpty();
    }

    @Test
    void a_closed_seller_stays_closed_until_reopened() {
        assertThat(sellers.isClosed(ANNA)).isFalse();
        assertThat(sellers.closed(ANNA, 4)).isTrue();

        assertThat(sellers.isClosed(ANNA)).isTrue();
        assertThat(sellers.isClosed(BERT)).isFalse();
        sellers.reopened(ANNA, 5);
        assertThat(sellers.isClosed(ANNA)).isFalse();
    }

    @Test
    void a_repeated_event_is_handled_again_unless_a_later_one_is_known() {
        sellers.closed(ANNA, 4);
        assertThat(sellers.closed(ANNA, 4)).as("again").isTrue();
        sellers.reopened(ANNA, 5);

        assertThat(sellers.closed(ANNA, 4)).as("after the return").isFalse();
        assertThat(sellers.isClosed(ANNA)).isFalse();
        sellers.closed(ANNA, 7);
        sellers.reopened(ANNA, 5);
        assertThat(sellers.isClosed(ANNA)).isTrue();
    }

    @Test
    void products_are_looked_for_by_an_index() {
        sellers.prepare();

        assertThat(mongo.database().getCollection("sellers").listIndexes())
                .extracting(index -> index.get("key", Document.class))
                .contains(new Document("seller", 1));
    }
}
