package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What holds for every operation of the description, and the files that are made of it. To write them:
 * {@code ./mvnw -pl gateway test -Dtest=ApiDocumentTest -Ddocs.write=true}.
 */
class ApiDocumentTest extends GatewayTest {

    private static final Path FOLDER = Path.of("..", "docs", "api");
    private static final String DOCUMENT = "https://kontor.example/api";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private String text;
    private JsonNode api;

    @BeforeEach
    void read() {
        text = send("GET", "/v3/api-docs").hasStatus(200).body();
        api = JSON.readTree(text);
    }

    private record Operation(String name, JsonNode node) {}

    private List<Operation> operations() {
        return api.at("/paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .map(node -> new Operation(node.at("/operationId").asString(), node))
                .toList();
    }

    private static void isWritten(String name, String expected) throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(name), expected);
        }
        assertThat(FOLDER.resolve(name)).hasContent(expected);
    }

    /** Clients, validators and reviewers read the files. */
    @Test
    void the_files_are_what_the_code_describes() throws IOException {
        System.out.println(
                "SKIPPED: the lint of docs/api, a TypeScript client, newman and the guide are run by .ci/api");
        isWritten("openapi.json", JSON.writeValueAsString(api) + "\n");
        isWritten("kontor.postman_collection.json", JSON.writeValueAsString(PostmanCollection.of(api)) + "\n");
    }

    @Test
    void every_operation_says_who_may_call_it_and_that_it_is_limited() {
        for (Operation operation : operations()) {
            assertThat(operation.node().at("/description").asString())
                    .as(operation.name())
                    .isNotBlank();
            assertThat(operation.node().at("/responses/429").isObject())
                    .as(operation.name())
                    .isTrue();
            operation
                    .node()
                    .at("/responses")
                    .properties()
                    .forEach(response -> assertThat(
                                    response.getValue().at("/headers").propertyNames())
                            .as("%s answers %s", operation.name(), response.getKey())
                            .contains("RateLimit", "RateLimit-Policy", "X-Request-Id", "Access-Control-Allow-Origin"));
        }
    }

    @Test
    void every_parameter_is_explained() {
        for (Operation operation : operations()) {
            operation
                    .node()
                    .path("parameters")
                    .valueStream()
                    .forEach(
                            parameter -> assertThat(parameter.at("/description").asString())
                                    .as("%s of %s", parameter.at("/name").asString(), operation.name())
                                    .isNotBlank());
        }
    }

    @Test
    void every_text_number_and_list_has_a_bound() {
        Set<String> without = new TreeSet<>();
        findUnbounded("", api, without);

        assertThat(without).isEmpty();
    }

    private static void findUnbounded(String path, JsonNode node, Set<String> without) {
        if (path.contains("/example")) {
            return;
        }
        // A member may itself be named "type".
        String type = path.endsWith("/properties") ? "" : node.path("type").toString();
        boolean isBounded = !type.contains("\"string\"") || node.has("maxLength") || node.has("enum");
        isBounded &= !type.contains("\"integer\"") || node.has("minimum") && node.has("maximum");
        isBounded &= !type.contains("\"array\"") || node.has("maxItems");
        if (!isBounded) {
            without.add(path);
        }
        node.propertyStream()
                .forEach(member -> findUnbounded(path + "/" + member.getKey(), member.getValue(), without));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            findUnbounded(path + "/" + i, node.get(i), without);
        }
    }

    /** Requests, answers and problems. The system tests compare real answers with the same schemas. */
    @Test
    void every_body_has_an_example_that_its_schema_allows() {
        SchemaRegistry schemas = SchemaRegistry.withDialect(
                Dialects.getOpenApi31(), registry -> registry.schemas(Map.of(DOCUMENT, text)));
        int[] checked = {0};
        api.at("/paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    String at = "/paths/" + escaped(path.getKey()) + "/" + method.getKey();
                    bodiesOf(method.getValue(), at).forEach(place -> {
                        JsonNode body = api.at(place);
                        List<JsonNode> examples = body.has("example")
                                ? List.of(body.get("example"))
                                : body.path("examples")
                                        .valueStream()
                                        .map(example -> api.at(
                                                example.at("/$ref").asString().substring(1) + "/value"))
                                        .toList();
                        assertThat(examples).as(place).isNotEmpty();
                        for (JsonNode example : examples) {
                            assertThat(schemas.getSchema(SchemaLocation.of(DOCUMENT + "#" + place + "/schema"))
                                            .validate(example))
                                    .as("%s: %s", place, example)
                                    .isEmpty();
                            checked[0]++;
                        }
                    });
                }));
        assertThat(checked[0]).isGreaterThan(500);
    }

    private static Stream<String> bodiesOf(JsonNode operation, String at) {
        Stream<String> request = operation.at("/requestBody/content").propertyNames().stream()
                .map(type -> at + "/requestBody/content/" + escaped(type));
        Stream<String> answers = operation.at("/responses").properties().stream()
                .flatMap(response -> response.getValue().path("content").propertyNames().stream()
                        .map(type -> at + "/responses/" + response.getKey() + "/content/" + escaped(type)));
        return Stream.concat(request, answers);
    }

    private static String escaped(String member) {
        return member.replace("~", "~0").replace("/", "~1");
    }

    @Test
    void every_problem_has_an_example() {
        Set<String> shown = new TreeSet<>(api.at("/components/examples").propertyNames());
        api.at("/components/schemas/Problem/examples")
                .valueStream()
                .map(example -> example.at("/type").asString().replace("urn:kontor:problem:", ""))
                .forEach(shown::add);

        assertThat(shown)
                .isEqualTo(new TreeSet<>(
                        Arrays.stream(Problem.values()).map(Problem::code).toList()));
    }
}
