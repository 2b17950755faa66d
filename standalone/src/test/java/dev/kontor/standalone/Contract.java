package dev.kontor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.kontor.testsupport.Answer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies answers against the API description of the same server: an undescribed status, header, content type or
 * member fails the test that got it. Safe for many threads.
 */
final class Contract {

    private static final String DOCUMENT = "https://kontor.example/api";
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    /** The paths that the description covers. */
    private static final Pattern DESCRIBED = Pattern.compile("/(api/v1|\\.well-known)/.*");

    /** Headers that HTTP itself and browser rules add to any answer. */
    private static final Set<String> OF_EVERY_ANSWER = Set.of(
            ":status",
            "cache-control",
            "connection",
            "cross-origin-resource-policy",
            "content-length",
            "content-security-policy",
            "content-type",
            "date",
            "expires",
            "keep-alive",
            "pragma",
            "referrer-policy",
            "transfer-encoding",
            "vary",
            "x-content-type-options",
            "x-frame-options",
            "x-xss-protection");

    /** Statuses of answers before a request reaches an operation, which no operation describes. */
    private static final Set<Integer> OF_NO_OPERATION = Set.of(400, 401, 403, 404, 405, 406, 413, 415, 503);

    private final JsonNode document;
    private final SchemaRegistry schemas;
    private final Map<String, Schema> known = new ConcurrentHashMap<>();

    Contract(String document) {
        this.document = new JsonMapper().readTree(document);
        this.schemas = SchemaRegistry.withDialect(
                Dialects.getOpenApi31(), registry -> registry.schemas(Map.of(DOCUMENT, document)));
    }

    static boolean isAbout(String path) {
        return DESCRIBED.matcher(path).matches();
    }

    /** Fails if the answer does not match the description. */
    void check(String method, String path, Answer answer) {
        String said = "%s %s answers %d %s".formatted(method, path, answer.status(), answer.body());
        Optional<String> operation = operation(method, path);
        if (operation.isEmpty()) {
            assertThat(answer.status()).as(said).isIn(OF_NO_OPERATION);
            assertThat(answer.header("Content-Type")).as(said).isEqualTo(PROBLEM);
            assertKeepsTo("/components/schemas/Problem", answer, said);
            return;
        }
        String response = operation.get() + "/responses/" + answer.status();
        assertThat(document.at(response).isObject()).as("described: " + said).isTrue();
        checkHeaders(response, answer, said);
        checkBody(response, answer, said);
    }

    private void checkBody(String response, Answer answer, String said) {
        JsonNode content = document.at(response + "/content");
        if (content.isMissingNode() || content.isEmpty()) {
            assertThat(answer.body()).as("no content is described: " + said).isEmpty();
            return;
        }
        String type = answer.header("Content-Type").replaceFirst("\\s*;.*", "");
        assertThat(content.propertyNames()).as("described types: " + said).contains(type);
        assertThat(type).as(said).isIn(JSON, PROBLEM);
        assertKeepsTo(response + "/content/" + escaped(type) + "/schema", answer, said);
    }

    private void assertKeepsTo(String schema, Answer answer, String said) {
        assertThat(known.computeIfAbsent(schema, this::schema).validate(answer.json()))
                .as(said)
                .isEmpty();
    }

    private Schema schema(String pointer) {
        assertThat(document.at(pointer).isObject()).as(pointer).isTrue();
        return schemas.getSchema(SchemaLocation.of(DOCUMENT + "#" + pointer));
    }

    private void checkHeaders(String response, Answer answer, String said) {
        Set<String> described = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        document.at(response + "/headers").propertyStream().forEach(header -> {
            described.add(header.getKey());
            if (resolved(header.getValue()).path("required").asBoolean(false)) {
                assertThat(answer.header(header.getKey()))
                        .as("header %s: %s", header.getKey(), said)
                        .isNotEmpty();
            }
        });
        assertThat(answer.headers().map().keySet().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .filter(name -> !OF_EVERY_ANSWER.contains(name) && !described.contains(name)))
                .as("headers that are not described: " + said)
                .isEmpty();
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isMissingNode()
                ? node
                : document.at(reference.asString().substring(1));
    }

    /** The operation in the document; of two matching paths, the one with fewer variables. */
    private Optional<String> operation(String method, String path) {
        String plain = path.replaceFirst("[?#].*", "");
        List<String> fitting = document.at("/paths").propertyNames().stream()
                .filter(template -> plain.matches(template.replace(".", "\\.").replaceAll("\\{[^}]*}", "[^/]+")))
                .sorted(Comparator.comparingLong(
                        template -> template.chars().filter(c -> c == '{').count()))
                .toList();
        // HEAD answers as GET does, without the body.
        String verb = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        return fitting.stream()
                .findFirst()
                .map(template -> "/paths/" + escaped(template) + "/" + verb)
                .filter(pointer -> document.at(pointer).isObject());
    }

    private static String escaped(String member) {
        return member.replace("~", "~0").replace("/", "~1");
    }
}
