package dev.kontor.command.customer;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MongoSellersTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final CustomerId BERT = CustomerId.mint();

    private final MongoServer server = new MongoServer(new MemoryBackend());
    private final MongoClient client = MongoClients.create(server.bindAndGetConnectionString());
    private final MongoSellers sellers = new MongoSellers(client.getDatabase("kontor"));

    @AfterEach
    void close() {
        client.close();
        server.shutdownNow();
    }

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

        assertThat(new MongoSellers(client.getDatabase("kontor")).productsOf(ANNA))
                .containsExactlyInAnyOrder(lamp, desk);
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

        assertThat(client.getDatabase("kontor").getCollection("sellers").listIndexes())
                .extracting(index -> index.get("key", Document.class))
                .contains(new Document("seller", 1));
    }
}
