package dev.kontor.query.catalog;

import static dev.kontor.query.Given.euros;
import static dev.kontor.query.Given.listed;
import static dev.kontor.query.Given.registered;
import static dev.kontor.query.Given.reserved;
import static dev.kontor.query.TestQuerySide.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.ProductEvent.ProductDelisted;
import dev.kontor.api.catalog.ProductEvent.ProductDescribed;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.ProductEvent.StockAdded;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.customer.CustomerEvent.CustomerErased;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.Freshness;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc.CatalogQueriesBlockingStub;
import dev.kontor.proto.catalog.GetProductRequest;
import dev.kontor.proto.catalog.GetProductResponse;
import dev.kontor.proto.catalog.Product;
import dev.kontor.query.TestQuerySide;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads of one product, and their waits for a version. */
class ProductReadTest {

    private final TestQuerySide side = TestQuerySide.get();
    private final CatalogQueriesBlockingStub catalog = CatalogQueriesGrpc.newBlockingStub(side.anonymous());
    private final CustomerId seller = CustomerId.mint();
    private final ProductId id = ProductId.mint();

    @Test
    void a_product_shows_what_its_events_made_of_it() {
        side.happened(
                registered(side.personalData(), seller, "seller@example.com", "Ada"),
                listed(id, seller, "Lamp", 1_000),
                new ProductDescribed(id, new Description("Desk lamp", "bright", "light")),
                new ProductRepriced(id, euros(1_200)),
                new StockAdded(id, 5, new StockLevel(15, 0)),
                reserved(id, OrderId.mint(), 2, new StockLevel(13, 2)),
                new ProductDelisted(id));

        assertThat(get(id))
                .isEqualTo(Product.newBuilder()
                        .setId(id.value())
                        .setTitle("Desk lamp")
                        .setDescription("bright")
                        .setCategory("light")
                        .setPrice(dev.kontor.proto.Money.newBuilder()
                                .setAmount(1_200)
                                .setCurrency("EUR"))
                        .setAvailable(13)
                        .setReserved(2)
                        .setSellerId(seller.value())
                        .setSellerName("Ada")
                        .setListed(false)
                        .setVersion(5)
                        .setOfferVersion(5)
                        .setStockVersion(3)
                        .build());
    }

    @Test
    void the_name_of_an_erased_seller_is_gone() {
        side.happened(
                registered(side.personalData(), seller, "seller@example.com", "Ada"),
                listed(id, seller, "Lamp", 1_000),
                new CustomerErased(seller));

        assertThat(get(id).getSellerName()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no-id", "0198c0de-0000-7000-8000-00000000dead"})
    void what_is_no_product_is_not_found(String unknown) {
        assertThat(problemOf(() -> catalog.getProduct(
                        GetProductRequest.newBuilder().setProductId(unknown).build())))
                .isEqualTo(Problem.PRODUCT_NOT_FOUND);
    }

    @Test
    void a_read_waits_for_the_version_it_asks_for() throws Exception {
        side.happened(listed(id, seller, "Lamp", 1_000));

        CompletableFuture<GetProductResponse> read =
                CompletableFuture.supplyAsync(() -> catalog.getProduct(request(1, 10_000)));
        side.write(new ProductRepriced(id, euros(900)));

        GetProductResponse shown = read.get(10, TimeUnit.SECONDS);
        assertThat(shown.getFresh()).isTrue();
        assertThat(shown.getProduct().getPrice().getAmount()).isEqualTo(900);
    }

    @Test
    void a_read_whose_version_does_not_show_in_time_answers_what_there_is() {
        side.happened(listed(id, seller, "Lamp", 1_000));

        GetProductResponse shown = catalog.getProduct(request(7, 20));

        assertThat(shown.getFresh()).isFalse();
        assertThat(shown.getProduct().getVersion()).isZero();
    }

    @Test
    void a_read_of_what_does_not_show_in_time_answers_nothing() {
        GetProductResponse shown = catalog.getProduct(request(0, 20));

        assertThat(shown.getFresh()).isFalse();
        assertThat(shown.hasProduct()).isFalse();
    }

    private Product get(ProductId product) {
        return catalog.getProduct(GetProductRequest.newBuilder()
                        .setProductId(product.value())
                        .build())
                .getProduct();
    }

    private GetProductRequest request(long version, long waitMillis) {
        return GetProductRequest.newBuilder()
                .setProductId(id.value())
                .setFreshness(Freshness.newBuilder().setAtLeastVersion(version).setWaitMillis(waitMillis))
                .build();
    }
}
