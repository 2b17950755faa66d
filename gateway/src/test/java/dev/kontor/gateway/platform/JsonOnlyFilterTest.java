package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.ListCategoriesResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** Bodies and answers are JSON, whatever formats the libraries on the class path support. */
class JsonOnlyFilterTest extends GatewayTest {

    @Autowired
    private RequestMappingHandlerAdapter handlers;

    @Test
    void there_are_no_other_converters() {
        assertThat(handlers.getMessageConverters())
                .extracting(HttpMessageConverter::getClass)
                .extracting(Class::getSimpleName)
                .containsExactlyInAnyOrder(
                        "JacksonJsonHttpMessageConverter",
                        "ByteArrayHttpMessageConverter",
                        "StringHttpMessageConverter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/yaml",
                "application/x-yaml",
                "text/yaml",
                "application/openapi+yaml",
                "application/xml",
                "application/cbor",
                "application/x-jackson-smile",
                "application/x-protobuf",
                "text/plain",
                "application/octet-stream",
                "application/vnd.example+json",
                "application/merge-patch+json",
                "application/json;charset=iso-8859-1",
                "application/json;charset=us-ascii",
                "application/json;charset=utf-16",
                "application/*+json",
                "application/*",
                "*/*",
                "application/json, application/json",
                "nonsense"
            })
    void another_content_type_is_refused(String type) {
        sendText(
                        "POST",
                        "/api/v1/orders",
                        "lines: [{productId: p, quantity: 017}]",
                        "Authorization",
                        "Bearer " + CUSTOMER,
                        "Content-Type",
                        type)
                .satisfies(problem(Problem.UNSUPPORTED_MEDIA_TYPE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/yaml",
                "application/xml",
                "text/html",
                "application/cbor",
                "application/problem+json",
                "image/png",
                "application/json;q=0",
                "*/*;q=0",
                "application/json;q=2",
                "nonsense"
            })
    void another_representation_is_refused_before_any_effect(String type) {
        // The sides have no script, so a call to them would be answered with another problem.
        send("GET", "/api/v1/catalog/categories", "Accept", type).satisfies(problem(Problem.NOT_ACCEPTABLE));
        sendJsonAs(
                        CUSTOMER,
                        "POST",
                        "/api/v1/orders",
                        "{\"lines\":[{\"productId\":\"p\",\"quantity\":1}]}",
                        "Accept",
                        type)
                .satisfies(problem(Problem.NOT_ACCEPTABLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*",
                "text/html, */*;q=0.1",
                "application/json;q=0.5",
                "text/html,, */*",
                ", application/json,",
                ","
            })
    void a_client_that_also_accepts_json_is_answered(String type) {
        sides.on(CatalogQueriesGrpc.getListCategoriesMethod(), q -> ListCategoriesResponse.getDefaultInstance());

        send("GET", "/api/v1/catalog/categories", "Accept", type).hasStatus(200);
        send("GET", "/actuator/health", "Accept", type).hasStatus(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/api-docs", "/swagger-ui/index.html", "/v3/api-docs/swagger-config"})
    void the_description_of_the_api_is_available(String path) {
        assertThat(send("GET", path).hasStatus(200).body()).isNotEmpty();
    }
}
