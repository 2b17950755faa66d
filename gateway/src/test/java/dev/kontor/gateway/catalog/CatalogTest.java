package dev.kontor.gateway.catalog;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Money;
import dev.kontor.proto.Written;
import dev.kontor.proto.catalog.CatalogCommandsGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.Category;
import dev.kontor.proto.catalog.ChangeProductRequest;
import dev.kontor.proto.catalog.FacetCount;
import dev.kontor.proto.catalog.Facets;
import dev.kontor.proto.catalog.GetProductResponse;
import dev.kontor.proto.catalog.ListCategoriesResponse;
import dev.kontor.proto.catalog.ListProductRequest;
import dev.kontor.proto.catalog.PriceBand;
import dev.kontor.proto.catalog.Product;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.proto.catalog.SuggestProductsRequest;
import dev.kontor.proto.catalog.SuggestProductsResponse;
import dev.kontor.proto.catalog.Suggestion;
import dev.kontor.testsupport.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest extends GatewayTest {

    private static final Product LAMP = Product.newBuilder()
            .setId("product-1")
            .setTitle("Lamp")
            .setDescription("Shines")
            .setCategory("light")
            .setPrice(Money.newBuilder().setAmount(30_000).setCurrency("EUR"))
            .setAvailable(7)
            .setReserved(3)
            .setSellerId("customer-1")
            .setListed(true)
            .setVersion(5)
            .build();
    private static final String LAMP_JSON = "{\"id\":\"product-1\",\"title\":\"Lamp\",\"description\":\"Shines\","
            + "\"category\":\"light\",\"price\":{\"amount\":30000,\"currency\":\"EUR\"},\"available\":7,\"reserved\":3,"
            + "\"seller\":{\"id\":\"customer-1\",\"name\":null},\"listed\":true,\"version\":5}";
    private static final String NEW_LAMP = "{\"title\":\"Lamp\",\"description\":\"Shines\",\"category\":\"light\","
            + "\"price\":{\"amount\":30000,\"currency\":\"EUR\"},\"stock\":10}";

    @BeforeEach
    void writes_are_durable() {
        Written written = Written.newBuilder().setId("product-1").setVersion(5).build();
        sides.on(CatalogCommandsGrpc.getListProductMethod(), q -> written);
        sides.on(CatalogCommandsGrpc.getChangeProductMethod(), q -> written);
        sides.on(CatalogCommandsGrpc.getChangeStockMethod(), q -> written);
        sides.on(CatalogCommandsGrpc.getDelistProductMethod(), q -> written);
    }

    private void lampIsShown(boolean fresh) {
        sides.on(
                CatalogQueriesGrpc.getGetProductMethod(),
                q -> GetProductResponse.newBuilder()
                        .setProduct(LAMP)
                        .setFresh(fresh)
                        .build());
    }

    @Test
    void a_listed_product_is_created_and_shown() {
        lampIsShown(true);

        Answer answer = sendJsonAs(CUSTOMER, "POST", "/api/v1/catalog/products", NEW_LAMP)
                .hasStatus(201);

        assertThat(answer.body()).isEqualTo(LAMP_JSON);
        assertThat(answer.header("Location")).isEqualTo("/api/v1/catalog/products/product-1");
        ListProductRequest sent = (ListProductRequest)
                sides.received(CatalogCommandsGrpc.getListProductMethod()).request();
        assertThat(sent.getStock()).isEqualTo(10);
        assertThat(sent.getPrice().getAmount()).isEqualTo(30_000);
    }

    @Test
    void a_listed_product_that_is_not_visible_yet_is_accepted() {
        lampIsShown(false);

        Answer answer = sendJsonAs(CUSTOMER, "POST", "/api/v1/catalog/products", NEW_LAMP)
                .hasStatus(202);

        assertThat(answer.body()).isEqualTo("{\"id\":\"product-1\",\"version\":5}");
        assertThat(answer.header("Location")).isEqualTo("/api/v1/catalog/products/product-1");
    }

    @Test
    void a_product_needs_a_title_a_category_a_price_and_a_stock() {
        sendJsonAs(CUSTOMER, "POST", "/api/v1/catalog/products", "{\"price\":{}}")
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("title")
                .namesField("category")
                .namesField("price.amount")
                .namesField("price.currency")
                .namesField("stock");
    }

    @Test
    void a_change_contains_only_the_changed_values() {
        lampIsShown(true);

        sendJsonAs(CUSTOMER, "PATCH", "/api/v1/catalog/products/product-1", "{\"description\":\"\"}")
                .hasStatus(200);

        ChangeProductRequest sent = (ChangeProductRequest)
                sides.received(CatalogCommandsGrpc.getChangeProductMethod()).request();
        assertThat(sent.hasDescription()).isTrue();
        assertThat(sent.hasTitle()).isFalse();
        assertThat(sent.hasPrice()).isFalse();
    }

    @Test
    void stock_is_changed_and_never_below_zero() {
        lampIsShown(true);
        sendJsonAs(CUSTOMER, "POST", "/api/v1/catalog/products/product-1/stock", "{\"change\":5}")
                .hasStatus(200);
        sides.on(CatalogCommandsGrpc.getChangeStockMethod(), q -> {
            throw new RefusedException(Problem.INSUFFICIENT_STOCK, "only 7 are there");
        });

        sendJsonAs(CUSTOMER, "POST", "/api/v1/catalog/products/product-1/stock", "{\"change\":-8}")
                .satisfies(problem(Problem.INSUFFICIENT_STOCK));
    }

    @Test
    void a_delisting_answers_no_content() {
        lampIsShown(true);
        Answer shown = sendAs(CUSTOMER, "DELETE", "/api/v1/catalog/products/product-1");
        lampIsShown(false);
        Answer accepted = sendAs(CUSTOMER, "DELETE", "/api/v1/catalog/products/product-1");

        assertThat(shown.hasStatus(204).body()).isEmpty();
        assertThat(accepted.hasStatus(202).at("/version")).isEqualTo("5");
    }

    @Test
    void the_search_is_public() {
        sides.on(
                CatalogQueriesGrpc.getSearchProductsMethod(),
                q -> SearchProductsResponse.newBuilder().addProducts(LAMP).build());

        Answer answer = send(
                        "GET",
                        "/api/v1/catalog/products?search=l%C3%A4mp&category=light&seller=me&minPrice=0&maxPrice=9"
                                + "&inStock=false&facets=true&sort=-price&pageSize=100&pageToken=t")
                .hasStatus(200);

        assertThat(answer.body()).isEqualTo("{\"items\":[" + LAMP_JSON + "],\"nextPageToken\":null}");
        SearchProductsRequest sent = (SearchProductsRequest)
                sides.received(CatalogQueriesGrpc.getSearchProductsMethod()).request();
        assertThat(sent.getSearch()).isEqualTo("lämp");
        assertThat(sent.hasMinPrice()).isTrue();
        assertThat(sent.getMaxPrice()).isEqualTo(9);
        assertThat(sent.hasInStock()).isTrue();
        assertThat(sent.getInStock()).isFalse();
        assertThat(sent.getFacets()).isTrue();
        assertThat(sent.getSort()).isEqualTo("-price");
        assertThat(sent.getPage().getSize()).isEqualTo(100);
        assertThat(sent.getPage().getToken()).isEqualTo("t");
    }

    @Test
    void a_search_that_finds_nothing_is_an_empty_list() {
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), q -> SearchProductsResponse.getDefaultInstance());

        assertThat(send("GET", "/api/v1/catalog/products").hasStatus(200).body())
                .isEqualTo("{\"items\":[],\"nextPageToken\":null}");
    }

    @Test
    void an_unknown_product_is_not_found() {
        sides.on(CatalogQueriesGrpc.getGetProductMethod(), q -> {
            throw new RefusedException(Problem.PRODUCT_NOT_FOUND, "no product " + q.getProductId());
        });

        send("GET", "/api/v1/catalog/products/nothing").satisfies(problem(Problem.PRODUCT_NOT_FOUND));
    }

    /** The most frequent reads have a short path; another parameter takes the long one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/api/v1/catalog/products/product-1 ?x=1",
                "/api/v1/catalog/products ?sort=",
                "/api/v1/catalog/products?pageSize=20 &sort=",
            })
    void a_frequent_read_answers_as_the_others_do(String path, String more) {
        lampIsShown(true);
        sides.on(
                CatalogQueriesGrpc.getSearchProductsMethod(),
                q -> SearchProductsResponse.newBuilder()
                        .addProducts(LAMP)
                        .addProducts(
                                LAMP.toBuilder().setTitle("Lämp \"\u2028\"").setSellerName("Ann"))
                        .setNextPageToken(q.getPage().getSize() == 20 ? "next" : "")
                        .build());
        String[] expired = {"Authorization", "Bearer expired"};

        for (String[] headers : List.of(
                new String[] {"Accept", "*/*"},
                new String[] {"Accept", "application/json;q=0.1, text/html"},
                expired)) {
            assertSame(
                    send("GET", path, headers),
                    send("GET", path + more, headers).hasStatus(200));
        }
        String[] html = {"Accept", "text/html", "X-Request-Id", "request-1"};
        assertSame(send("GET", path, html), send("GET", path + more, html).hasStatus(406));
        assertSame(send("HEAD", path), send("HEAD", path + more).hasStatus(200));
    }

    @Test
    void a_frequent_read_fails_as_the_others_do() {
        for (Problem problem : List.of(Problem.PRODUCT_NOT_FOUND, Problem.OVERLOADED, Problem.INTERNAL)) {
            sides.on(CatalogQueriesGrpc.getGetProductMethod(), q -> {
                throw new RefusedException(problem, "not now");
            });
            String[] id = {"X-Request-Id", "request-1"};

            assertSame(
                    send("GET", "/api/v1/catalog/products/product-1", id),
                    send("GET", "/api/v1/catalog/products/product-1?x=1", id).satisfies(problem(problem)));
        }
    }

    @Test
    void a_page_size_out_of_bounds_is_refused() {
        for (String size : List.of("0", "101", "-1", "007x")) {
            send("GET", "/api/v1/catalog/products?pageSize=" + size).satisfies(problem(Problem.INVALID_REQUEST));
        }
    }

    private static void assertSame(Answer answer, Answer other) {
        assertThat(answer.status()).isEqualTo(other.status());
        assertThat(answer.body()).isEqualTo(other.body());
        assertThat(headersOf(answer)).isEqualTo(headersOf(other));
    }

    private static Map<String, List<String>> headersOf(Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeAll(Set.of("date", "x-request-id"));
        return headers;
    }

    @Test
    void facets_are_there_where_they_are_asked_for() {
        sides.on(
                CatalogQueriesGrpc.getSearchProductsMethod(),
                q -> SearchProductsResponse.newBuilder()
                        .setFacets(Facets.newBuilder()
                                .setProducts(3)
                                .setInStock(2)
                                .addCategories(FacetCount.newBuilder()
                                        .setValue("light")
                                        .setName("light")
                                        .setProducts(3))
                                .addSellers(FacetCount.newBuilder()
                                        .setValue("customer-1")
                                        .setName("Ann")
                                        .setProducts(2))
                                .addSellers(FacetCount.newBuilder()
                                        .setValue("customer-2")
                                        .setProducts(1))
                                .addPrices(PriceBand.newBuilder()
                                        .setFrom(100)
                                        .setBelow(200)
                                        .setProducts(2))
                                .addPrices(PriceBand.newBuilder()
                                        .setFrom(50_000_000_000L)
                                        .setProducts(1)))
                        .build());

        assertThat(send("GET", "/api/v1/catalog/products?facets=true")
                        .hasStatus(200)
                        .body())
                .isEqualTo("{\"items\":[],\"nextPageToken\":null,\"facets\":{\"products\":3,\"inStock\":2,"
                        + "\"categories\":[{\"name\":\"light\",\"products\":3}],"
                        + "\"sellers\":[{\"id\":\"customer-1\",\"name\":\"Ann\",\"products\":2},"
                        + "{\"id\":\"customer-2\",\"name\":null,\"products\":1}],"
                        + "\"prices\":[{\"from\":100,\"below\":200,\"products\":2},"
                        + "{\"from\":50000000000,\"below\":null,\"products\":1}]}}");
    }

    @Test
    void suggestions_say_what_they_are() {
        sides.on(
                CatalogQueriesGrpc.getSuggestProductsMethod(),
                q -> SuggestProductsResponse.newBuilder()
                        .addSuggestions(Suggestion.newBuilder().setText("light").setKind(Suggestion.Kind.CATEGORY))
                        .addSuggestions(Suggestion.newBuilder().setText("Lämp"))
                        .build());

        assertThat(send("GET", "/api/v1/catalog/suggestions?q=l%C3%A4&size=5")
                        .hasStatus(200)
                        .body())
                .isEqualTo("{\"items\":[{\"text\":\"light\",\"kind\":\"CATEGORY\"},"
                        + "{\"text\":\"Lämp\",\"kind\":\"TITLE\"}]}");
        SuggestProductsRequest sent = (SuggestProductsRequest)
                sides.received(CatalogQueriesGrpc.getSuggestProductsMethod()).request();
        assertThat(sent.getText()).isEqualTo("lä");
        assertThat(sent.getSize()).isEqualTo(5);
        for (String size : List.of("0", "-1", "x")) {
            send("GET", "/api/v1/catalog/suggestions?size=" + size).satisfies(problem(Problem.INVALID_REQUEST));
        }
    }

    @Test
    void categories_have_the_number_of_their_products() {
        sides.on(
                CatalogQueriesGrpc.getListCategoriesMethod(),
                q -> ListCategoriesResponse.newBuilder()
                        .addCategories(Category.newBuilder().setName("light").setProducts(3))
                        .build());

        assertThat(send("GET", "/api/v1/catalog/categories")
                        .hasStatus(200)
                        .json()
                        .get("items")
                        .toString())
                .isEqualTo("[{\"name\":\"light\",\"products\":3}]");
    }
}
