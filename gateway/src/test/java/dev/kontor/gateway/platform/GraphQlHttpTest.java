package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GraphQlTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.Category;
import dev.kontor.proto.catalog.ListCategoriesResponse;
import dev.kontor.testsupport.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GraphQL over HTTP, as its specification says. */
class GraphQlHttpTest extends GraphQlTest {

    private static final String CATEGORIES = "{ categories { edges { node { name products } } } }";

    @BeforeEach
    void there_is_a_category() {
        sides.on(
                CatalogQueriesGrpc.getListCategoriesMethod(),
                q -> ListCategoriesResponse.newBuilder()
                        .addCategories(Category.newBuilder().setName("tea").setProducts(2))
                        .build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-|application/graphql-response+json",
                "*/*|application/graphql-response+json",
                "application/graphql-response+json|application/graphql-response+json",
                "application/graphql-response+json, application/json;q=0.9|application/graphql-response+json",
                "application/json, application/graphql-response+json;q=0.9|application/json",
                "application/json|application/json",
                "text/html, application/json;q=0.1|application/json"
            })
    void the_client_chooses_the_type_of_the_answer(String accepted, String type) {
        Answer answer = accepted == null
                ? data(null, CATEGORIES)
                : ask(null, CATEGORIES, Map.of(), "Accept", accepted).hasStatus(200);

        assertThat(answer.header("Content-Type")).isEqualTo(type);
        assertThat(answer.at("/data/categories/edges/0/node/name")).isEqualTo("tea");
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
    }

    /** In the older type the status says only whether the request was understood as one. */
    @ParameterizedTest
    @CsvSource({"application/graphql-response+json,400", "application/json,200"})
    void a_request_that_is_not_executed_has_errors_and_no_data(String accepted, int status) {
        Answer answer = ask(null, "{ nothing }", Map.of(), "Accept", accepted).hasStatus(status);

        assertThat(answer.json().has("data")).isFalse();
        assertThat(code(answer)).isEqualTo(Problem.INVALID_REQUEST.urn());
        assertThat(answer.at("/errors/0/message")).contains("nothing");
        assertThat(answer.at("/errors/0/locations/0/line")).isEqualTo("1");
    }

    @Test
    void a_field_that_is_refused_leaves_the_others() {
        Answer answer =
                ask(null, "{ cart { version } " + CATEGORIES.substring(1)).hasStatus(200);

        assertThat(code(answer)).isEqualTo(Problem.UNAUTHENTICATED.urn());
        assertThat(answer.at("/errors/0/path/0")).isEqualTo("cart");
        assertThat(answer.at("/errors/0/extensions/status")).isEqualTo("401");
        assertThat(answer.at("/errors/0/extensions/requestId")).isEqualTo(answer.header("X-Request-Id"));
        assertThat(answer.json().at("/data/cart").isNull()).isTrue();
        assertThat(answer.at("/data/categories/edges/0/node/products")).isEqualTo("2");
    }

    @Test
    void only_post_is_served() {
        Answer answer = send("GET", PATH + "?query=%7Bcategories%7Bedges%7Bcursor%7D%7D%7D")
                .satisfies(problem(Problem.METHOD_NOT_ALLOWED));

        assertThat(answer.header("Allow")).isEqualTo("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/graphql",
                "application/x-www-form-urlencoded",
                "application/json;charset=utf-16"
            })
    void a_body_is_json(String type) {
        sendText("POST", PATH, "{\"query\":\"{ categories { edges { cursor } } }\"}", "Content-Type", type)
                .satisfies(problem(Problem.UNSUPPORTED_MEDIA_TYPE));
    }

    @Test
    void an_answer_is_json() {
        ask(null, CATEGORIES, Map.of(), "Accept", "text/html").satisfies(problem(Problem.NOT_ACCEPTABLE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|malformed-request",
                "[]|invalid-request",
                "{\"query\":5}|invalid-request",
                "{\"query\":\"{ me { id } }\",\"variables\":[]}|invalid-request",
                "{\"query\":\"{ me { id } }\",\"query\":\"{ me { id } }\"}|malformed-request"
            })
    void a_body_that_is_no_request_is_refused(String json, String code) {
        sendJson("POST", PATH, json).isProblem(400, code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|invalid-request",
                "{\"query\":\"\"}|malformed-request",
                "{\"query\":\"{ me { id }\"}|malformed-request",
                "{\"query\":\"{ me { id } }\",\"operationName\":\"other\"}|invalid-request",
                "{\"query\":\"query a { me { id } } query b { me { id } }\"}|invalid-request",
                "{\"query\":\"{ product(id: \\\"\\\\uD800\\\") { id } }\"}|malformed-request",
                "{\"query\":\"query($id: ID!) { product(id: $id) { id } }\"}|invalid-request",
                "{\"query\":\"query($id: ID!) { product(id: $id) { id } }\",\"variables\":{\"id\":null}}|invalid-request",
                "{\"query\":\"{ products(first: \\\"5\\\") { edges { cursor } } }\"}|invalid-request",
                "{\"query\":\"{ products(minPrice: 1.5) { edges { cursor } } }\"}|invalid-request",
                "{\"query\":\"query($p: Long) { products(minPrice: $p) { edges { cursor } } }\",\"variables\":{\"p\":\"5\"}}|invalid-request",
                "{\"query\":\"{ products(sort: CHEAP) { edges { cursor } } }\"}|invalid-request"
            })
    void a_request_that_cannot_be_executed_is_refused_in_plain_words(String json, String code) {
        Answer answer = sendJson("POST", PATH, json).hasStatus(400);

        assertThat(answer.header("Content-Type")).isEqualTo(RESPONSE);
        assertThat(code(answer)).isEqualTo("urn:kontor:problem:" + code);
        assertThat(answer.body())
                .doesNotContain("graphql.", "java.", "Exception", "StringValue", "HashMap", "classification");
    }

    @Test
    void half_a_surrogate_pair_in_a_variable_is_refused_by_name() {
        sendJson(
                        "POST",
                        PATH,
                        "{\"query\":\"query($id: ID!) { product(id: $id) { id } }\",\"variables\":{\"id\":\"\\uD800\"}}")
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("variables.id");
    }

    @Test
    void one_of_several_operations_is_executed() {
        Answer answer = sendJson(
                        "POST",
                        PATH,
                        "{\"query\":\"query a { me { id } } query b " + CATEGORIES + "\",\"operationName\":\"b\"}")
                .hasStatus(200);

        assertThat(answer.at("/data/categories/edges/0/node/name")).isEqualTo("tea");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/graphql", "/graph%71l"})
    void a_token_that_is_not_valid_is_refused_before_anything_is_executed(String path) {
        Answer answer = sendJsonAs("x.y.z", "POST", path, "{\"query\":\"" + CATEGORIES + "\"}");

        answer.satisfies(problem(Problem.UNAUTHENTICATED));
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(sides.count(CatalogQueriesGrpc.getListCategoriesMethod())).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Idempotency-Key", "If-Match"})
    void a_header_about_one_change_is_refused_and_not_ignored(String header) {
        ask(CUSTOMER, CATEGORIES, Map.of(), header, "\"1\"")
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField(header);
    }

    @Test
    void the_schema_describes_itself() {
        Answer answer = data(null, "{ __schema { queryType { fields { name } } } __type(name: \"Order\") { kind } }");

        assertThat(answer.json().at("/data/__schema/queryType/fields").size()).isGreaterThan(8);
        assertThat(answer.at("/data/__type/kind")).isEqualTo("OBJECT");
    }
}
