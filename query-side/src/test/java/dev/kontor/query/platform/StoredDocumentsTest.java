package dev.kontor.query.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.platform.EveryEvent;
import dev.kontor.api.platform.Samples;
import dev.kontor.api.storage.StoredTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code documents.json} has the documents of each view after each event. A failing test means that events of existing
 * logs lead to other documents than those that are stored: then raise the schema of the {@link View}, so that it is
 * rebuilt. To write the documents of a new schema, and of events that have none yet:
 * {@code ./mvnw -pl query-side test -Dtest=StoredDocumentsTest -Dviews.write=true}.
 */
class StoredDocumentsTest {

    private static final Path FILE = Path.of("src/test/resources/documents.json");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final StoredTypes TYPES = StoredTypes.events();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    static List<View> views() {
        return DeclaredViewsTest.VIEWS;
    }

    private static ObjectNode stored() throws IOException {
        return JSON.readTree(Files.readString(FILE)).asObject();
    }

    /** The view's documents after each event: the first event of the aggregate's family, and then the event. */
    private static ObjectNode documents(View view) {
        Map<Class<?>, Object> samples =
                Samples.all().stream().collect(Collectors.toMap(Object::getClass, sample -> sample));
        Map<String, ObjectNode> after = new TreeMap<>();
        samples.forEach((type, sample) -> {
            Object first = samples.get(type.getInterfaces()[0].getPermittedSubclasses()[0]);
            ProjectedDocuments projected = new ProjectedDocuments();
            projected.project(EveryEvent.aggregateOf(first), 0, first, NOON);
            if (first != sample) {
                projected.project(EveryEvent.aggregateOf(sample), 1, sample, NOON.plusSeconds(60));
            }
            ObjectNode documents = JSON.createObjectNode();
            projected.forEach((name, document) -> {
                if (view.documents().stream().anyMatch(of -> of.name().equals(name))) {
                    documents.set(name, JSON.readTree(new RawBsonDocument(document).toJson()));
                }
            });
            if (!documents.isEmpty()) {
                after.put(TYPES.nameOf(type).orElseThrow(), documents);
            }
        });
        ObjectNode all = JSON.createObjectNode();
        after.forEach(all::set);
        return JSON.createObjectNode().put("schema", view.schema()).set("after", all);
    }

    private static void write(View view) throws IOException {
        ObjectNode all = stored();
        ObjectNode before = all.withObject(view.name());
        ObjectNode documents = documents(view);
        if (before.path("schema").asInt(0) == view.schema()) {
            ((ObjectNode) documents.get("after")).setAll((ObjectNode) before.get("after"));
        }
        all.set(view.name(), documents);
        Files.writeString(FILE, JSON.writeValueAsString(JSON.treeToValue(all, TreeMap.class)) + "\n");
    }

    @ParameterizedTest
    @MethodSource("views")
    void events_lead_to_the_documents_of_the_schema(View view) throws IOException {
        if (Boolean.getBoolean("views.write")) {
            write(view);
        }

        assertThat(text(documents(view)))
                .as("%s: events lead to other documents. Raise the schema of the view, and run with -Dviews.write=true"
                        .formatted(view))
                .isEqualTo(text(stored().withObject(view.name())));
    }

    private static String text(ObjectNode documents) {
        return JSON.writeValueAsString(JSON.treeToValue(documents, TreeMap.class));
    }

    @Test
    void every_view_has_documents_and_no_other() throws IOException {
        assertThat(stored().propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        views().stream().map(View::name).toList());
    }
}
