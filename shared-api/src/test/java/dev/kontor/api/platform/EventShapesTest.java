package dev.kontor.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredSchema;
import dev.kontor.api.storage.StoredTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The schema of every revision of every event is stored once, and never changes.
 * {@code ./mvnw -pl shared-api test -Dtest=EventShapesTest -Dshapes.write=true} adds the schemas of new revisions, and
 * no others.
 */
class EventShapesTest {

    private static final Path FILE = Path.of("src/test/resources/shapes.json");
    private static final StoredTypes TYPES = StoredTypes.events();
    private static final StoredJson STORED = StoredJson.of(TYPES);
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static Set<String> names() {
        return new TreeSet<>(TYPES.all().keySet());
    }

    private static int revision(String name) {
        return Integer.parseInt(
                STORED.typeForClass(TYPES.typeOf(name).orElseThrow()).getRevision());
    }

    private static String today(String name) {
        return name + " " + revision(name);
    }

    private static Object shape(String name) {
        return StoredSchema.of(TYPES.typeOf(name).orElseThrow());
    }

    @SuppressWarnings("unchecked") // a JSON object
    private static Map<String, Object> writtenDown() throws IOException {
        return Files.exists(FILE) ? JSON.readValue(Files.readString(FILE), TreeMap.class) : new TreeMap<>();
    }

    @BeforeAll
    static void writeDownWhatIsNew() throws IOException {
        if (Boolean.getBoolean("shapes.write")) {
            Map<String, Object> shapes = writtenDown();
            names().forEach(name -> shapes.putIfAbsent(today(name), shape(name)));
            Files.writeString(FILE, JSON.writeValueAsString(shapes) + "\n");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void an_event_has_the_shape_of_its_revision(String name) throws IOException {
        assertThat(JSON.writeValueAsString(shape(name)))
                .as("""
                        %s has another schema than stored, or is new. Events in a log keep the schema they were written with:
                         - if a log may contain revision %d, give the event @Revision("%d"), and add a OneRevisionUp to Upcasters;
                         - keep its golden file as %s.%d.json, and write one of the new revision;
                         - store its schema: ./mvnw -pl shared-api test -Dtest=EventShapesTest -Dshapes.write=true
                        See CONTRIBUTING.md.""", name, revision(name), revision(name) + 1, name, revision(name))
                .isEqualTo(JSON.writeValueAsString(writtenDown().get(today(name))));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_revision_only_adds_to_the_one_before(String name) throws IOException {
        for (int revision = 2; revision <= revision(name); revision++) {
            Map<String, Object> shapes = writtenDown();
            Object before = shapes.get(name + " " + (revision - 1));
            Object after = shapes.get(name + " " + revision);
            assertThat(keeps(after, before))
                    .as(
                            "Revision %d of %s must keep every field of revision %d unchanged, so that older versions can read it while they run beside this one. A change that cannot do so needs an event with a new name",
                            revision, name, revision - 1)
                    .isTrue();
        }
    }

    private static boolean keeps(Object after, Object before) {
        return switch (before) {
            case Map<?, ?> fields ->
                after instanceof Map<?, ?> more
                        && fields.entrySet().stream()
                                .allMatch(field -> more.containsKey(field.getKey())
                                        && keeps(more.get(field.getKey()), field.getValue()));
            case List<?> array -> after instanceof List<?> other && keeps(other.getFirst(), array.getFirst());
            case String value ->
                after instanceof String other && Set.of(other.split("\\|")).containsAll(Set.of(value.split("\\|")));
            case null, default -> false;
        };
    }

    @Test
    void a_removed_renamed_or_retyped_field_is_not_kept() {
        Map<String, Object> before = Map.of("id", "string", "lines", List.of(Map.of("units", "int32")));

        assertThat(keeps(Map.of("id", "string", "lines", List.of(Map.of("units", "int32", "more", "time"))), before))
                .isTrue();
        assertThat(keeps("ONE|OTHER", "ONE")).isTrue();
        assertThat(keeps("ONE", "ONE|OTHER")).isFalse();
        assertThat(keeps(Map.of("lines", List.of(Map.of("units", "int32"))), before))
                .isFalse();
        assertThat(keeps(Map.of("id", "string", "lines", List.of(Map.of("units", "int64"))), before))
                .isFalse();
        assertThat(keeps(Map.of("id", "string", "lines", Map.of("units", "int32")), before))
                .isFalse();
    }

    @Test
    void every_stored_schema_belongs_to_an_event() throws IOException {
        Set<String> all = new TreeSet<>();
        names().forEach(name -> {
            for (int revision = 1; revision <= revision(name); revision++) {
                all.add(name + " " + revision);
            }
        });
        assertThat(writtenDown().keySet()).isEqualTo(all);
    }

    /** The schemas are derived from classes; the JSON that Jackson writes must have the same fields. */
    @Test
    void the_stored_json_has_the_fields_of_its_schema() {
        for (Object sample : Samples.all()) {
            assertThat(fields(JSON.readValue(
                            STORED.serialize(sample, String.class).getData(), Object.class)))
                    .as(sample.toString())
                    .isEqualTo(fields(StoredSchema.of(sample.getClass())));
        }
    }

    private static Object fields(Object json) {
        return switch (json) {
            case Map<?, ?> object -> {
                Map<Object, Object> fields = new LinkedHashMap<>();
                object.forEach((name, value) -> fields.put(name, fields(value)));
                yield fields;
            }
            case List<?> array -> List.of(fields(array.getFirst()));
            default -> "value";
        };
    }
}
