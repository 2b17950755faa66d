package dev.kontor.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.Answer;
import dev.kontor.gateway.GatewayTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApiTest extends GatewayTest {

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
                        "/api/v1/admin/views/{view}/rebuild")
                .doesNotContain("/", "/error");
    }

    @Test
    void every_operation_documents_its_problems_and_who_may_call_it() {
        JsonNode api = send("GET", "/v3/api-docs").json();

        api.at("/paths").valueStream().flatMap(JsonNode::valueStream).forEach(operation -> {
            assertThat(operation.at("/summary").asString()).isNotBlank();
            assertThat(operation
                            .at("/responses/500/content/application~1problem+json/schema/$ref")
                            .asString())
                    .isEqualTo("#/components/schemas/Problem");
        });
        assertThat(api.at("/components/schemas/Problem/properties").propertyNames())
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "requestId", "errors");
        assertThat(api.at("/components/schemas").propertyNames()).contains("Order", "Cart", "Product", "Violation");
        assertThat(api.at("/components/securitySchemes/bearer/scheme").asString())
                .isEqualTo("bearer");
        assertThat(api.at("/paths/~1api~1v1~1auth~1signin/post/security").isEmpty())
                .isTrue();
        assertThat(api.at("/paths/~1api~1v1~1orders/get/security").isMissingNode())
                .isTrue();
    }

    @Test
    void a_browser_is_shown_the_api() {
        assertThat(send("GET", "/").hasStatus(302).header("Location")).isEqualTo("/swagger-ui/index.html");
        assertThat(send("GET", "/swagger-ui/index.html").hasStatus(200).body()).contains("Swagger UI");
        send("GET", "/v3/api-docs/swagger-config").hasStatus(200);
    }

    @Test
    void health_is_public() {
        send("GET", "/actuator/health").hasStatus(200);
    }
}
