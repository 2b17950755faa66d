package dev.kontor.query.catalog;

import static dev.kontor.query.Given.euros;
import static dev.kontor.query.Given.listed;
import static dev.kontor.query.Given.registered;
import static dev.kontor.query.Given.reserved;
import static dev.kontor.query.TestSide.problemOf;
import static dev.kontor.query.TestSide.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.ProductEvent.ProductDelisted;
import dev.kontor.api.catalog.ProductEvent.ProductDescribed;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.ProductEvent.StockAdded;
import dev.kontor.api.catalog.ProductId;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.customer.CustomerEvent.CustomerErased;
import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.order.OrderId;
import dev.kontor.proto.Freshness;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc.CatalogQueriesBlockingStub;
import dev.kontor.proto.catalog.Category;
import dev.kontor.proto.catalog.GetProductRequest;
import dev.kontor.proto.catalog.GetProductResponse;
import dev.kontor.proto.catalog.ListCategoriesRequest;
import dev.kontor.proto.catalog.Product;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.query.TestSide;
import dev.kontor.wire.operations.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {

    private final TestSide side = TestSide.get();
    private final CatalogQueriesBlockingStub catalog = CatalogQueriesGrpc.newBlockingStub(side.anonymous());
    private final CustomerId seller = CustomerId.mint();
    private final ProductId id = ProductId.mint();

    @Test
    void aProductShowsWhatItsEventsMadeOfIt() {
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
                        .build());
    }

    @Test
    void theNameOfAnErasedSellerIsGone() {
        side.happened(
                registered(side.personalData(), seller, "seller@example.com", "Ada"),
                listed(id, seller, "Lamp", 1_000),
                new CustomerErased(seller));

        assertThat(get(id).getSellerName()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no-id", "0198c0de-0000-7000-8000-00000000dead"})
    void whatIsNoProductIsNotFound(String unknown) {
        assertThat(problemOf(() -> catalog.getProduct(
                        GetProductRequest.newBuilder().setProductId(unknown).build())))
                .isEqualTo(Problem.PRODUCT_NOT_FOUND);
    }

    @Test
    void aReadWaitsForTheVersionItAsksFor() throws Exception {
        side.happened(listed(id, seller, "Lamp", 1_000));

        CompletableFuture<GetProductResponse> read =
                CompletableFuture.supplyAsync(() -> catalog.getProduct(request(1, 10_000)));
        side.write(new ProductRepriced(id, euros(900)));

        GetProductResponse shown = read.get(10, TimeUnit.SECONDS);
        assertThat(shown.getFresh()).isTrue();
        assertThat(shown.getProduct().getPrice().getAmount()).isEqualTo(900);
    }

    @Test
    void aReadWhoseVersionDoesNotShowInTimeAnswersWhatThereIs() {
        side.happened(listed(id, seller, "Lamp", 1_000));

        GetProductResponse shown = catalog.getProduct(request(7, 20));

        assertThat(shown.getFresh()).isFalse();
        assertThat(shown.getProduct().getVersion()).isZero();
    }

    @Test
    void aReadOfWhatDoesNotShowInTimeAnswersNothing() {
        GetProductResponse shown = catalog.getProduct(request(0, 20));

        assertThat(shown.getFresh()).isFalse();
        assertThat(shown.hasProduct()).isFalse();
    }

    @Test
    void pagesHoldEveryProductOnceInEveryOrder() {
        for (int number = 0; number < 7; number++) {
            // Equal prices and titles: only the id keeps them apart.
            side.write(listed(ProductId.mint(), seller, number < 4 ? "Same" : "Zebra " + number, number / 3 * 100));
        }
        side.settle();

        for (String sort : List.of("newest", "price", "-price", "title")) {
            List<Product> paged = new ArrayList<>();
            String token = "";
            do {
                SearchProductsResponse page = catalog.searchProducts(bySeller()
                        .setSort(sort)
                        .setPage(PageRequest.newBuilder().setSize(3).setToken(token))
                        .build());
                paged.addAll(page.getProductsList());
                token = page.getNextPageToken();
            } while (!token.isEmpty());

            assertThat(paged)
                    .as(sort)
                    .isEqualTo(catalog.searchProducts(bySeller().setSort(sort).build())
                            .getProductsList())
                    .hasSize(7)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void theOrderIsTheOneAskedFor() {
        side.happened(
                listed(ProductId.mint(), seller, "b", 200),
                listed(ProductId.mint(), seller, "C", 100),
                listed(ProductId.mint(), seller, "a", 300));

        assertThat(titles(bySeller())).containsExactly("a", "C", "b");
        assertThat(titles(bySeller().setSort("price"))).containsExactly("C", "b", "a");
        assertThat(titles(bySeller().setSort("-price"))).containsExactly("a", "b", "C");
        assertThat(titles(bySeller().setSort("title"))).containsExactly("a", "b", "C");
    }

    @Test
    void aSearchFindsPartsOfTitleAndDescriptionWhateverTheirLetterCase() {
        side.happened(
                listed(ProductId.mint(), seller, "Blue ÄPFEL", 100),
                listed(ProductId.mint(), seller, new Description("Pears", "like äpfel, but not", "fruit"), 200),
                listed(ProductId.mint(), seller, "Plums (5.*)", 300));

        assertThat(titles(bySeller().setSearch("äpfel").setSort("price"))).containsExactly("Blue ÄPFEL", "Pears");
        assertThat(titles(bySeller().setSearch("(5.*)"))).containsExactly("Plums (5.*)");
        assertThat(titles(bySeller().setSearch(".*"))).containsExactly("Plums (5.*)");
        assertThat(titles(bySeller().setCategory("fruit"))).containsExactly("Pears");
        assertThat(titles(bySeller().setMinPrice(200).setMaxPrice(200))).containsExactly("Pears");
    }

    @Test
    void delistedProductsShowToTheirSellerOnly() {
        side.happened(listed(id, seller, "Old", 100), new ProductDelisted(id));

        assertThat(titles(bySeller())).isEmpty();
        assertThat(CatalogQueriesGrpc.newBlockingStub(side.as(seller))
                        .searchProducts(SearchProductsRequest.newBuilder()
                                .setSeller("me")
                                .build())
                        .getProductsList())
                .extracting(Product::getTitle)
                .containsExactly("Old");
        assertThat(problemOf(() -> titles(SearchProductsRequest.newBuilder().setSeller("me"))))
                .isEqualTo(Problem.UNAUTHENTICATED);
    }

    @Test
    void aSearchThatMakesNoSenseIsRefusedWithAllThatIsWrong() {
        assertThat(refusalOf(() -> titles(SearchProductsRequest.newBuilder()
                                .setSeller("x")
                                .setSort("y")))
                        .violations())
                .extracting(violation -> violation.field())
                .containsExactly("seller", "sort");
    }

    @Test
    void categoriesCountWhatIsListedInThem() {
        String category = "category " + seller;
        Description description = new Description("Thing", "", category);
        side.happened(
                listed(ProductId.mint(), seller, description, 100),
                listed(ProductId.mint(), seller, description, 100),
                listed(id, seller, description, 100),
                new ProductDelisted(id));

        assertThat(catalog.listCategories(ListCategoriesRequest.getDefaultInstance())
                        .getCategoriesList())
                .contains(Category.newBuilder().setName(category).setProducts(2).build());
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

    private SearchProductsRequest.Builder bySeller() {
        return SearchProductsRequest.newBuilder().setSeller(seller.value());
    }

    private List<String> titles(SearchProductsRequest.Builder search) {
        return catalog.searchProducts(search.build()).getProductsList().stream()
                .map(Product::getTitle)
                .toList();
    }
}
