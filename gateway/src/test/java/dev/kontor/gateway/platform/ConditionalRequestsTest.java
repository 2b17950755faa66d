package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Money;
import dev.kontor.proto.Written;
import dev.kontor.proto.cart.Cart;
import dev.kontor.proto.cart.CartItem;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.GetCartResponse;
import dev.kontor.proto.catalog.CatalogCommandsGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.Category;
import dev.kontor.proto.catalog.ChangeProductRequest;
import dev.kontor.proto.catalog.ChangeStockRequest;
import dev.kontor.proto.catalog.GetProductResponse;
import dev.kontor.proto.catalog.ListCategoriesResponse;
import dev.kontor.proto.catalog.Product;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.proto.catalog.SuggestProductsResponse;
import dev.kontor.proto.catalog.Suggestion;
import dev.kontor.proto.customer.AccountChanged;
import dev.kontor.proto.customer.Customer;
import dev.kontor.proto.customer.CustomerCommandsGrpc;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.EraseCustomerRequest;
import dev.kontor.proto.customer.GetCustomerResponse;
import dev.kontor.testsupport.Answer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ConditionalRequestsTest extends GatewayTest {

    private static final String LAMP = "/api/v1/catalog/products/lamp";
    private static final String CHANGE = "{\"title\":\"Torch\"}";
    private static final Product PRODUCT = Product.newBuilder()
            .setId("lamp")
            .setTitle("Lamp")
            .setPrice(Money.newBuilder().setAmount(30_000).setCurrency("EUR"))
            .setSellerId("customer-1")
            .setSellerName("Ann")
            .setListed(true)
            .setVersion(9)
            .setOfferVersion(4)
            .setStockVersion(2)
            .build();

    @BeforeEach
    void the_lamp_is_shown_and_can_be_changed() {
        shows(PRODUCT);
        Written written = Written.newBuilder().setId("lamp").setVersion(9).build();
        sides.on(CatalogCommandsGrpc.getChangeProductMethod(), q -> written);
        sides.on(CatalogCommandsGrpc.getChangeStockMethod(), q -> written);
    }

    private void shows(Product product) {
        sides.on(
                CatalogQueriesGrpc.getGetProductMethod(),
                q -> GetProductResponse.newBuilder()
                        .setProduct(product)
                        .setFresh(true)
                        .build());
    }

    private String tag() {
        return send("GET", LAMP).hasStatus(200).header("ETag");
    }

    private List<Long> versionsSent() {
        ChangeProductRequest sent = (ChangeProductRequest)
                sides.received(CatalogCommandsGrpc.getChangeProductMethod()).request();
        return sent.hasPrecondition() ? sent.getPrecondition().getVersionsList() : null;
    }

    @Test
    void a_tag_has_the_versions_of_the_parts_and_a_hash_of_the_body() {
        assertThat(tag()).matches("\"4\\.2:[\\w-]{16}\"");
    }

    /** Both paths of a frequent read, and HEAD. */
    @ParameterizedTest
    @ValueSource(strings = {LAMP, LAMP + "?x=1"})
    void a_body_that_the_client_has_is_not_sent_again(String path) {
        Answer first = send("GET", path).hasStatus(200);
        String tag = first.header("ETag");

        for (String header : List.of(tag, "W/" + tag, "\"a\", W/\"b\" ," + tag, "*")) {
            for (String method : List.of("GET", "HEAD")) {
                Answer same = send(method, path, "If-None-Match", header).hasStatus(304);
                assertThat(same.body()).isEmpty();
                assertThat(same.header("ETag")).isEqualTo(tag);
                assertThat(same.headers().allValues("Cache-Control"))
                        .isEqualTo(first.headers().allValues("Cache-Control"))
                        .containsExactly("no-cache");
            }
        }
        Answer other = send("GET", path, "If-None-Match", "\"4.2:AAAAAAAAAAAAAAAA\", garbage");
        assertThat(other.hasStatus(200).body()).isEqualTo(first.body());
    }

    /** The first page by both paths, facets, categories and suggestions. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "products",
                "products?pageSize=20",
                "products?sort=newest",
                "products?search=lamp&facets=true",
                "categories",
                "suggestions?q=la"
            })
    void a_public_list_that_the_client_has_is_not_sent_again(String list) {
        String path = "/api/v1/catalog/" + list;
        listsShow(PRODUCT);
        Answer first = send("GET", path).hasStatus(200);
        String tag = first.header("ETag");
        assertThat(tag).matches("W/\"[\\w-]{16}\"");
        assertThat(first.headers().allValues("Cache-Control")).containsExactly("no-cache");

        for (String method : List.of("GET", "HEAD")) {
            Answer same = send(method, path, "If-None-Match", "\"a\", " + tag).hasStatus(304);
            assertThat(same.body()).isEmpty();
            assertThat(same.header("ETag")).isEqualTo(tag);
            assertThat(same.headers().allValues("Cache-Control")).containsExactly("no-cache");
        }

        listsShow(PRODUCT.toBuilder().setTitle("Torch").build());
        Answer other = send("GET", path, "If-None-Match", tag).hasStatus(200);
        assertThat(other.body()).contains("Torch");
        assertThat(other.header("ETag")).isNotEqualTo(tag);
        send("GET", path, "If-Match", tag).satisfies(problem(Problem.INVALID_REQUEST));
    }

    private void listsShow(Product product) {
        sides.on(
                CatalogQueriesGrpc.getSearchProductsMethod(),
                q -> SearchProductsResponse.newBuilder().addProducts(product).build());
        sides.on(
                CatalogQueriesGrpc.getListCategoriesMethod(),
                q -> ListCategoriesResponse.newBuilder()
                        .addCategories(Category.newBuilder().setName(product.getTitle()))
                        .build());
        sides.on(
                CatalogQueriesGrpc.getSuggestProductsMethod(),
                q -> SuggestProductsResponse.newBuilder()
                        .addSuggestions(Suggestion.newBuilder().setText(product.getTitle()))
                        .build());
    }

    @Test
    void a_list_of_the_callers_own_products_is_for_the_caller_alone() {
        listsShow(PRODUCT);
        String path = "/api/v1/catalog/products?seller=me";

        Answer own = sendAs(CUSTOMER, "GET", path).hasStatus(200);
        Answer same = sendAs(CUSTOMER, "GET", path, "If-None-Match", own.header("ETag"))
                .hasStatus(304);

        assertThat(own.header("Cache-Control")).contains("no-store");
        assertThat(same.headers().allValues("Cache-Control"))
                .isEqualTo(own.headers().allValues("Cache-Control"));
    }

    @Test
    void what_is_joined_changes_the_tag() {
        String tag = tag();
        shows(PRODUCT.toBuilder().setSellerName("Anne").build());

        for (String path : List.of(LAMP, LAMP + "?x=1")) {
            Answer renamed = send("GET", path, "If-None-Match", tag).hasStatus(200);
            assertThat(renamed.at("/seller/name")).isEqualTo("Anne");
            assertThat(renamed.header("ETag")).isNotEqualTo(tag);
        }
    }

    @Test
    void a_private_resource_is_as_hard_to_cache_with_304_as_with_200() {
        Cart cart = Cart.newBuilder()
                .setVersion(3)
                .addItems(CartItem.newBuilder().setProductId("lamp").setAvailable(1))
                .build();
        sides.on(
                CartQueriesGrpc.getGetCartMethod(),
                q -> GetCartResponse.newBuilder().setCart(cart).build());

        Answer first = sendAs(CUSTOMER, "GET", "/api/v1/cart").hasStatus(200);
        Answer same = sendAs(CUSTOMER, "GET", "/api/v1/cart", "If-None-Match", first.header("ETag"))
                .hasStatus(304);

        assertThat(first.header("ETag")).startsWith("\"3:");
        assertThat(first.header("Cache-Control")).contains("no-store");
        for (String header : List.of("ETag", "Cache-Control", "Pragma", "Expires")) {
            assertThat(same.headers().allValues(header))
                    .as(header)
                    .isEqualTo(first.headers().allValues(header));
        }
    }

    @Test
    void an_answer_to_a_change_has_the_tag_of_the_next_read() {
        Answer changed = sendJsonAs(CUSTOMER, "PATCH", LAMP, CHANGE).hasStatus(200);

        assertThat(changed.header("ETag")).isEqualTo(tag());
        assertThat(versionsSent()).isNull();
    }

    @Test
    void the_version_of_the_part_that_is_changed_is_required() {
        String tag = tag();

        sendJsonAs(CUSTOMER, "PATCH", LAMP, CHANGE, "If-Match", tag).hasStatus(200);
        assertThat(versionsSent()).containsExactly(4L);

        sendJsonAs(CUSTOMER, "PATCH", LAMP, CHANGE, "If-Match", "\"a,b\", \"7.8:AAAAAAAAAAAAAAAA\" ,\t" + tag)
                .hasStatus(200);
        assertThat(versionsSent()).containsExactly(7L, 4L);

        sendJsonAs(CUSTOMER, "POST", LAMP + "/stock", "{\"change\":1}", "If-Match", tag)
                .hasStatus(200);
        ChangeStockRequest sent = (ChangeStockRequest)
                sides.received(CatalogCommandsGrpc.getChangeStockMethod()).request();
        assertThat(sent.getPrecondition().getVersionsList()).containsExactly(2L);
    }

    @Test
    void a_tag_of_another_form_is_met_by_no_version() {
        for (String tag : List.of("\"\"", "\"x\"", "\"4:AAAAAAAAAAAAAAAA\"", "\"4.2.1:AAAAAAAAAAAAAAAA\"")) {
            sendJsonAs(CUSTOMER, "PATCH", LAMP, CHANGE, "If-Match", tag).hasStatus(200);
            assertThat(versionsSent()).as(tag).isEmpty();
        }
    }

    @Test
    void a_star_is_met_by_everything_that_exists() {
        sendJsonAs(CUSTOMER, "PATCH", LAMP, CHANGE, "If-Match", " * ").hasStatus(200);

        assertThat(versionsSent()).isNull();
    }

    @Test
    void all_of_a_customer_has_the_highest_version_of_its_parts() {
        sides.on(
                CustomerQueriesGrpc.getGetCustomerMethod(),
                q -> GetCustomerResponse.newBuilder()
                        .setCustomer(Customer.newBuilder().setProfileVersion(3).setStandingVersion(5))
                        .build());
        sides.on(CustomerCommandsGrpc.getEraseCustomerMethod(), q -> AccountChanged.getDefaultInstance());
        String tag = sendAs(CUSTOMER, "GET", "/api/v1/customers/me").header("ETag");

        sendAs(CUSTOMER, "DELETE", "/api/v1/customers/me", "If-Match", tag);

        EraseCustomerRequest sent = (EraseCustomerRequest)
                sides.received(CustomerCommandsGrpc.getEraseCustomerMethod()).request();
        assertThat(tag).startsWith("\"3.5:");
        assertThat(sent.getPrecondition().getVersionsList()).containsExactly(5L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "4",
                "\"a",
                "a\"",
                "\"a\" \"b\"",
                "\"a\",",
                ",\"a\"",
                "\"a\",,\"b\"",
                "*,\"a\"",
                "\"a\",*",
                "W/\"a\"",
                "\"a\", W/\"b\"",
                "w/\"a\"",
                "'a'",
                "\"a b\""
            })
    void a_malformed_or_weak_tag_is_refused(String header) {
        sendJsonAs(CUSTOMER, "PATCH", LAMP, CHANGE, "If-Match", header)
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("If-Match");
        assertThat(sides.count(CatalogCommandsGrpc.getChangeProductMethod())).isZero();
    }

    @Test
    void the_number_of_tags_is_bounded() {
        String most = String.join(",", Collections.nCopies(IfMatch.MOST_TAGS, "\"4.2:AAAAAAAAAAAAAAAA\""));

        sendJsonAs(CUSTOMER, "PATCH", LAMP, CHANGE, "If-Match", most).hasStatus(200);
        sendJsonAs(CUSTOMER, "PATCH", LAMP, CHANGE, "If-Match", most + ",\"a\"")
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("If-Match");
    }

    @Test
    void a_refusal_has_the_present_tag() {
        sides.on(CatalogCommandsGrpc.getChangeProductMethod(), q -> {
            throw new RefusedException(
                    Problem.PRECONDITION_FAILED, "This has changed", Map.of("version", "9"), List.of());
        });

        Answer refused = sendJsonAs(CUSTOMER, "PATCH", LAMP, CHANGE, "If-Match", "\"1.1:AAAAAAAAAAAAAAAA\"")
                .satisfies(problem(Problem.PRECONDITION_FAILED));

        assertThat(refused.number("/version")).isEqualTo(9);
        assertThat(refused.header("ETag")).isEqualTo(tag());
    }

    @Test
    void a_refusal_has_no_tag_that_may_be_old() {
        sides.on(CatalogCommandsGrpc.getChangeProductMethod(), q -> {
            throw new RefusedException(
                    Problem.PRECONDITION_FAILED, "This has changed", Map.of("version", "10"), List.of());
        });
        sides.on(
                CatalogQueriesGrpc.getGetProductMethod(),
                q -> GetProductResponse.newBuilder().setProduct(PRODUCT).build());

        sendJsonAs(CUSTOMER, "PATCH", LAMP, CHANGE, "If-Match", "\"1.1:AAAAAAAAAAAAAAAA\"")
                .satisfies(problem(Problem.PRECONDITION_FAILED))
                .hasNoHeader("ETag");
    }

    @Test
    void a_condition_that_would_be_ignored_is_refused() {
        sendJsonAs(CUSTOMER, "PATCH", LAMP, CHANGE, "If-None-Match", "*")
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("If-None-Match");
        for (String path : List.of(LAMP, LAMP + "?x=1", "/api/v1/catalog/products")) {
            send("GET", path, "If-Match", "*")
                    .satisfies(problem(Problem.INVALID_REQUEST))
                    .namesField("If-Match");
        }
    }

    /** Whatever the operation is: it has the parameter, or refuses the header. */
    @Test
    void no_operation_ignores_if_match() {
        JsonNode paths = send("GET", "/v3/api-docs").json().get("paths");
        paths.properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> !operation.getKey().equals("get"))
                        .filter(operation -> !takesIfMatch(operation.getValue()))
                        .forEach(operation -> sendJsonAs(
                                        ADMIN,
                                        operation.getKey().toUpperCase(),
                                        path.getKey().replaceAll("\\{\\w+}", "x"),
                                        "{}",
                                        "If-Match",
                                        "*")
                                .satisfies(problem(Problem.INVALID_REQUEST))
                                .namesField("If-Match")));
    }

    private static boolean takesIfMatch(JsonNode operation) {
        return operation
                .path("parameters")
                .valueStream()
                .anyMatch(parameter -> parameter.path("name").asString().equals("If-Match"));
    }

    @Test
    void every_answer_with_a_tag_documents_it() {
        JsonNode api = send("GET", "/v3/api-docs").json();
        for (String read : List.of(
                "/paths/~1api~1v1~1catalog~1products~1{id}",
                "/paths/~1api~1v1~1catalog~1products",
                "/paths/~1api~1v1~1catalog~1categories",
                "/paths/~1api~1v1~1catalog~1suggestions",
                "/paths/~1api~1v1~1cart",
                "/paths/~1api~1v1~1customers~1{id}~1cart",
                "/paths/~1api~1v1~1orders~1{id}",
                "/paths/~1api~1v1~1customers~1me",
                "/paths/~1api~1v1~1customers~1{id}")) {
            assertThat(api.at(read + "/get/responses/200/headers").has("ETag"))
                    .as(read)
                    .isTrue();
            assertThat(api.at(read + "/get/responses/304/headers").has("ETag"))
                    .as(read)
                    .isTrue();
        }
        assertThat(api.at("/paths/~1api~1v1~1orders/post/responses/201/headers").has("ETag"))
                .isTrue();
        assertThat(api.at("/paths/~1api~1v1~1catalog~1products~1{id}/patch/responses/412/headers")
                        .has("ETag"))
                .isTrue();
        assertThat(api.at("/components/schemas/Product/properties").has("versions"))
                .isFalse();
    }
}
