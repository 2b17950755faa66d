package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.StartException;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.GetCartResponse;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.GetProductResponse;
import dev.kontor.proto.catalog.ListCategoriesResponse;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.testsupport.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** What every answer has, whichever operation it is of. */
@TestPropertySource(
        properties = {
            "kontor.catalog.max-age=1m",
            "kontor.cors.origins=https://shop.example,http://localhost:5173",
            "kontor.limits.calls.per-customer=3/1h"
        })
@DirtiesContext
class MannersTest extends GatewayTest {

    private static final String SHOP = "https://shop.example";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v3/api-docs",
                "/api/v1/orders",
                "/api/v1/no-such-path",
                "/no-such-page",
                "/actuator/health",
                "/api/v1/%00",
                "/.well-known/jwks.json"
            })
    void an_answer_of_data_tells_browsers_to_do_nothing_with_it(String path) {
        Answer answer = send("GET", path);

        assertThat(answer.header("Content-Security-Policy")).isEqualTo(SecurityHeaders.OF_DATA);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/swagger-ui/index.html", "/swagger-ui/swagger-initializer.js", "/redoc/index.html"})
    void a_page_runs_scripts_of_this_server_alone(String path) {
        Answer page = send("GET", path).hasStatus(200);

        assertThat(page.header("Content-Security-Policy")).isEqualTo(SecurityHeaders.OF_PAGES);
        assertThat(page.body()).doesNotContain("src=\"http", "href=\"http", "<script>");
    }

    @Test
    void redoc_has_its_script_here() {
        assertThat(send("GET", "/redoc/index.html").body())
                .contains("src=\"/webjars/redoc/bundles/redoc.standalone.js\"", "spec-url=\"/v3/api-docs\"");
        assertThat(send("GET", "/webjars/redoc/bundles/redoc.standalone.js")
                        .hasStatus(200)
                        .body())
                .hasSizeGreaterThan(100_000);
    }

    private Answer preflight(String origin, String method, String headers) {
        return send(
                "OPTIONS",
                "/api/v1/cart/items/product-1",
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                headers);
    }

    @Test
    void a_page_of_a_named_origin_may_call_from_a_browser() {
        Answer allowed = preflight(SHOP, "PUT", "authorization,content-type,idempotency-key,if-match")
                .hasStatus(200);

        assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo(SHOP);
        assertThat(allowed.header("Access-Control-Allow-Methods")).contains("PUT", "PATCH", "DELETE");
        assertThat(allowed.header("Access-Control-Max-Age")).isEqualTo("3600");
        allowed.hasNoHeader("Access-Control-Allow-Credentials");

        Answer call = send("GET", "/api/v1/orders", "Origin", SHOP).satisfies(problem(Problem.UNAUTHENTICATED));
        assertThat(call.header("Access-Control-Allow-Origin")).isEqualTo(SHOP);
        assertThat(call.header("Access-Control-Expose-Headers"))
                .contains("ETag", "Location", "Retry-After", "RateLimit", "X-Request-Id");
        assertThat(call.header("Vary")).contains("Origin");
    }

    @Test
    void a_page_of_another_origin_may_not() {
        preflight("https://evil.example", "PUT", "authorization")
                .satisfies(problem(Problem.FORBIDDEN))
                .hasNoHeader("Access-Control-Allow-Origin");
        preflight(SHOP, "TRACE", "authorization").satisfies(problem(Problem.FORBIDDEN));
        preflight(SHOP, "PUT", "x-unknown").satisfies(problem(Problem.FORBIDDEN));
        send("GET", "/api/v1/orders", "Origin", "https://shop.example.evil")
                .satisfies(problem(Problem.FORBIDDEN))
                .hasNoHeader("Access-Control-Allow-Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.example", "https://shop.example/", "https://*.example", "null", "ftp://shop.example"})
    void what_is_no_origin_is_refused_at_the_start(String origin) {
        assertThatThrownBy(() -> new CorsSettings(List.of(origin)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("kontor.cors.origins");
    }

    /** Compose passes a variable that is not set as an empty one. */
    @Test
    void an_empty_setting_names_no_origin() {
        MockEnvironment environment = new MockEnvironment().withProperty("kontor.cors.origins", "");

        assertThat(Binder.get(environment)
                        .bindOrCreate("kontor.cors", CorsSettings.class)
                        .origins())
                .isEmpty();
    }

    @Test
    void caches_may_use_the_public_catalog_as_long_as_the_shop_allows() {
        sides.on(CatalogQueriesGrpc.getGetProductMethod(), q -> GetProductResponse.getDefaultInstance());
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), q -> SearchProductsResponse.getDefaultInstance());
        sides.on(CatalogQueriesGrpc.getListCategoriesMethod(), q -> ListCategoriesResponse.getDefaultInstance());

        for (String read :
                List.of("products/lamp", "products/lamp?x=1", "products", "products?sort=title", "categories")) {
            String path = "/api/v1/catalog/" + read;
            Answer answer = send("GET", path).hasStatus(200);
            Answer same =
                    send("GET", path, "If-None-Match", answer.header("ETag")).hasStatus(304);
            for (Answer any : List.of(answer, same)) {
                assertThat(any.headers().allValues("Cache-Control")).as(path).containsExactly("public, max-age=60");
            }
        }
        assertThat(sendAs(CUSTOMER, "GET", "/api/v1/catalog/products?seller=me").header("Cache-Control"))
                .contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1S", "P1DT1S", "PT0.5S"})
    void an_age_of_caches_out_of_bounds_is_refused_at_the_start(Duration age) {
        assertThatThrownBy(() -> new CatalogCaching(age))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("kontor.catalog.max-age");
    }

    @Test
    void a_customer_has_a_limit_over_all_operations() {
        sides.on(CartQueriesGrpc.getGetCartMethod(), q -> GetCartResponse.getDefaultInstance());
        String token = authority.token("busy-customer", "CUSTOMER");

        Answer first = sendAs(token, "GET", "/api/v1/cart").hasStatus(200);
        assertThat(first.headers().allValues("RateLimit-Policy"))
                .containsExactly("\"address\";q=300000;w=10", "\"customer\";q=3;w=3600");
        assertThat(first.headers().allValues("RateLimit").getLast()).startsWith("\"customer\";r=2;t=");
        sendAs(token, "GET", "/api/v1/nothing");
        sendAs(token, "GET", "/api/v1/cart").hasStatus(200);

        Answer refused = sendAs(token, "GET", "/api/v1/cart").satisfies(problem(Problem.TOO_MANY_REQUESTS));
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(refused.headers().allValues("RateLimit").getLast()).startsWith("\"customer\";r=0;t=");
        assertThat(sides.count(CartQueriesGrpc.getGetCartMethod())).isEqualTo(2);
        sendAs(CUSTOMER, "GET", "/api/v1/cart").hasStatus(200);
    }

    private HttpResponse<byte[]> compressed(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept-Encoding", "gzip")
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofByteArray());
        }
    }

    @Test
    void large_answers_are_compressed_for_clients_that_accept_it() throws IOException, InterruptedException {
        String plain =
                send("GET", "/v3/api-docs").hasNoHeader("Content-Encoding").body();

        HttpResponse<byte[]> packed = compressed("/v3/api-docs");

        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(String.join(",", packed.headers().allValues("Vary"))).contains("accept-encoding");
        assertThat(packed.body().length).isLessThan(plain.length() / 5);
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(plain);
        }
        assertThat(compressed("/actuator/health").headers().firstValue("Content-Encoding"))
                .isEmpty();
    }
}
