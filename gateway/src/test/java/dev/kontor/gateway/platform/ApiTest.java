package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.testsupport.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springdoc.core.service.OpenAPIService;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class ApiTest extends GatewayTest {

    @Autowired
    private OpenAPIService description;

    @Test
    void the_api_describes_itself() {
        Answer answer = send("GET", "/v3/api-docs").hasStatus(200);

        assertThat(answer.at("/openapi")).startsWith("3.1");
        assertThat(answer.json().at("/paths").propertyNames())
                .contains(
                        "/api/v1/auth/signup",
                        "/api/v1/auth/signin",
                        "/.well-known/jwks.json",
                        "/api/v1/auth/refresh",
                        "/api/v1/auth/signout",
                        "/api/v1/customers/me",
                        "/api/v1/customers/me/password",
                        "/api/v1/customers/me/sessions/{sessionId}",
                        "/api/v1/customers/me/export",
                        "/api/v1/customers/{id}",
                        "/api/v1/customers/{id}/sessions",
                        "/api/v1/customers/{id}/export",
                        "/api/v1/catalog/products/{id}/stock",
                        "/api/v1/cart/items/{productId}",
                        "/api/v1/customers/{id}/cart/checkout",
                        "/api/v1/orders/{id}/deliver",
                        "/api/v1/admin/events/unmask",
                        "/api/v1/admin/views/{view}/rebuild",
                        "/api/v1/admin/views/{view}/generations/{generation}")
                .doesNotContain("/", "/error");
    }

    @Test
    void every_operation_documents_its_problems_and_who_may_call_it() {
        JsonNode api = send("GET", "/v3/api-docs").json();

        api.at("/paths").valueStream().flatMap(JsonNode::valueStream).forEach(operation -> {
            assertThat(operation.at("/summary").asString()).isNotBlank();
            assertThat(operation.at("/responses").has("500")).isTrue();
            operation.at("/responses").properties().stream()
                    .filter(response -> response.getKey().compareTo("400") >= 0)
                    .forEach(response -> {
                        String name = "%s answers %s"
                                .formatted(operation.at("/operationId").asString(), response.getKey());
                        JsonNode content = response.getValue().at("/content/application~1problem+json");
                        assertThat(content.at("/schema/$ref").asString())
                                .as(name)
                                .isEqualTo("#/components/schemas/Problem");
                        assertThat(content.at("/examples").isEmpty()).as(name).isFalse();
                    });
        });
        assertThat(api.at("/components/schemas/Problem/properties").propertyNames())
                .containsExactlyInAnyOrder(
                        "type",
                        "title",
                        "status",
                        "detail",
                        "requestId",
                        "errors",
                        "moreErrors",
                        "orderId",
                        "rejection",
                        "available",
                        "orderStatus",
                        "version",
                        "retryAfter");
        assertThat(api.at("/components/schemas").propertyNames()).contains("Order", "Cart", "Product", "Violation");
        assertThat(api.at("/components/securitySchemes/bearer/scheme").asString())
                .isEqualTo("bearer");
        assertThat(api.at("/paths/~1api~1v1~1auth~1signin/post/security").isEmpty())
                .isTrue();
        assertThat(api.at("/paths/~1api~1v1~1orders/get/security").isMissingNode())
                .isTrue();
    }

    @Test
    void operation_ids_are_valid_method_names() {
        List<String> names = operations(send("GET", "/v3/api-docs").json())
                .map(operation -> operation.at("/operationId").asString())
                .toList();

        assertThat(names)
                .contains("placeOrder", "listOrders", "checkOutCart", "signIn", "getPublicKeys")
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches("[a-z]+([A-Z][a-z]+)*"));
    }

    @Test
    void every_answer_declares_its_required_members() {
        JsonNode schemas = send("GET", "/v3/api-docs").json().at("/components/schemas");

        // An order in two currencies has no total.
        assertThat(required(schemas, "Order"))
                .containsExactlyInAnyOrder("id", "customerId", "status", "lines", "placedAt", "version");
        assertThat(required(schemas, "Accepted")).containsExactly("id");
        assertThat(required(schemas, "Problem"))
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "requestId");
        assertThat(required(schemas, "Tokens")).containsExactlyInAnyOrder("access_token", "token_type", "expires_in");
        // A change contains only the changed values.
        Set<String> optional = Set.of("ProductChange", "ProfileChange", "CustomerChange", "RefreshToken");
        schemas.propertyNames().stream()
                .filter(name -> !optional.contains(name))
                .forEach(name -> assertThat(required(schemas, name)).as(name).isNotEmpty());
        optional.forEach(name -> assertThat(required(schemas, name)).as(name).isEmpty());
    }

    private static Stream<JsonNode> operations(JsonNode api) {
        return api.at("/paths").valueStream().flatMap(JsonNode::valueStream);
    }

    private static List<String> required(JsonNode schemas, String name) {
        return schemas.path(name)
                .path("required")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/swagger-ui", "/swagger-ui/"})
    void a_browser_is_redirected_to_the_api(String path) {
        String page = send("GET", path).hasStatus(302).header("Location");

        assertThat(send("GET", page).hasStatus(200).body()).contains("Swagger UI");
    }

    @Test
    void the_page_of_the_api_finds_its_description() {
        send("GET", "/v3/api-docs/swagger-config").hasStatus(200);
    }

    /** By default springdoc builds and caches the description for each requested language. */
    @Test
    void the_description_is_built_once_for_all_languages() {
        String usual = send("GET", "/v3/api-docs").hasStatus(200).body();

        for (String language : new String[] {"de", "xx-aaaa1", "ar-EG-u-nu-arab", "*", "x-private", "en-GB"}) {
            assertThat(send("GET", "/v3/api-docs", "Accept-Language", language)
                            .hasStatus(200)
                            .body())
                    .isEqualTo(usual);
            assertThat(description.getCachedOpenAPI(Locale.forLanguageTag(language)))
                    .as(language)
                    .isNull();
        }
    }

    @Test
    void health_is_public() {
        send("GET", "/actuator/health").hasStatus(200);
    }
}
