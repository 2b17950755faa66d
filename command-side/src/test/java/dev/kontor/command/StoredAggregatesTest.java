package dev.kontor.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.storage.StoredSchema;
import dev.kontor.command.platform.LoggedAggregates;
import dev.kontor.command.platform.Snapshots;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.spring.stereotype.Aggregate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each golden file is one stored snapshot, with every field set; {@code snapshots.json} has the schema of every revision.
 * If one fails, raise the aggregate's {@code @Revision}: snapshots of the old revision are then ignored, instead of read
 * wrongly. {@code ./mvnw -pl command-side test -Dtest=StoredAggregatesTest -Dshapes.write=true} adds the schemas of new
 * revisions, and no others.
 */
class StoredAggregatesTest {

    private static final Path SCHEMAS = Path.of("src/test/resources/snapshots.json");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Serializer STORED = LoggedAggregates.todaysJson();
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static Set<String> names() {
        Set<String> names = new TreeSet<>(CommandSide.STORED.keySet());
        names.remove("order.PlaceOrderSaga");
        return names;
    }

    private static JsonNode golden(String name) throws IOException {
        return JSON.readTree(Files.readString(GOLDEN.resolve(name + ".json")));
    }

    private static Object read(JsonNode golden) {
        return STORED.deserialize(new SimpleSerializedObject<>(
                golden.get("payload").toString(),
                String.class,
                golden.get("type").asString(),
                golden.get("revision").asString()));
    }

    private static String written(Object aggregate) {
        SerializedObject<String> stored = STORED.serialize(aggregate, String.class);
        return JSON.writeValueAsString(JSON.createObjectNode()
                        .put("type", stored.getType().getName())
                        .put("revision", stored.getType().getRevision())
                        .set("payload", JSON.readTree(stored.getData())))
                + "\n";
    }

    @ParameterizedTest
    @MethodSource("names")
    void an_aggregate_is_read_and_written_as_its_revision_always_was(String name) throws IOException {
        assertThat(written(read(golden(name))))
                .as("%s is stored in another shape: raise its @Revision, and write its golden file anew", name)
                .isEqualTo(Files.readString(GOLDEN.resolve(name + ".json")));
    }

    @BeforeAll
    static void addNewSchemas() throws IOException {
        if (Boolean.getBoolean("shapes.write")) {
            Map<String, Object> schemas = schemas();
            for (String name : names()) {
                schemas.putIfAbsent(today(name), schema(name));
            }
            Files.writeString(SCHEMAS, JSON.writeValueAsString(schemas) + "\n");
        }
    }

    @SuppressWarnings("unchecked") // a JSON object
    private static Map<String, Object> schemas() throws IOException {
        return JSON.readValue(Files.readString(SCHEMAS), TreeMap.class);
    }

    private static String today(String name) {
        return name + " " + STORED.typeForClass(CommandSide.STORED.get(name)).getRevision();
    }

    private static Object schema(String name) {
        return StoredSchema.of(CommandSide.STORED.get(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_snapshot_has_the_schema_of_its_revision(String name) throws IOException {
        assertThat(JSON.writeValueAsString(schemas().get(today(name))))
                .as("%s: raise the @Revision of the aggregate, and run with -Dshapes.write=true", today(name))
                .isEqualTo(JSON.writeValueAsString(schema(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothing_is_left_out_of_a_golden_file(String name) throws IOException {
        JsonNode golden = golden(name);
        JsonNode payload = golden.get("payload");

        assertThat(payload.propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        JSON.valueToTree(schema(name)).propertyNames());
        assertThat(payload.values()).noneMatch(JsonNode::isNull).noneMatch(value -> value.isArray() && value.isEmpty());
    }

    /** A field that is missing in the snapshot would be empty after loading one. */
    @ParameterizedTest
    @MethodSource("names")
    void every_field_of_an_aggregate_comes_back(String name) throws Exception {
        Object aggregate = read(golden(name));
        Object fresh = fresh(aggregate.getClass());

        for (Field field : aggregate.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                assertThat(content(field.get(aggregate)))
                        .as("%s of %s, which every golden file sets", field.getName(), name)
                        .isNotEqualTo(content(field.get(fresh)));
            }
        }
    }

    private static Object fresh(Class<?> type) throws ReflectiveOperationException {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    /** Some fields have no equals: then their size is compared. */
    private static Object content(Object value) throws ReflectiveOperationException {
        if (value == null
                || value instanceof Map<?, ?>
                || value.getClass().isRecord()
                || value instanceof Comparable<?>) {
            return value;
        }
        Method size = value.getClass().getDeclaredMethod("size");
        size.setAccessible(true);
        return size.invoke(value);
    }

    /** An aggregate with snapshots and without a name here would be stored under its class name. */
    @Test
    void the_aggregates_with_snapshots_are_those_with_a_name() throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Aggregate.class));
        Set<String> withSnapshots = new TreeSet<>();
        for (BeanDefinition found : scanner.findCandidateComponents("dev.kontor.command")) {
            Class<?> aggregate = Class.forName(found.getBeanClassName());
            String trigger = aggregate.getAnnotation(Aggregate.class).snapshotTriggerDefinition();
            if (!trigger.isEmpty()) {
                assertThat(trigger).isEqualTo(Snapshots.TRIGGER);
                withSnapshots.add(aggregate.getName());
            }
        }
        assertThat(withSnapshots)
                .containsExactlyInAnyOrderElementsOf(names().stream()
                        .map(name -> CommandSide.STORED.get(name).getName())
                        .toList());
    }

    @Test
    void every_aggregate_with_snapshots_has_a_golden_file_and_says_how_it_is_stored() throws IOException {
        Map<String, Class<?>> stored = new TreeMap<>(CommandSide.STORED);
        for (String name : names()) {
            assertThat(GOLDEN.resolve(name + ".json")).exists();
            assertThat(Arrays.stream(stored.get(name).getDeclaredMethods())
                            .filter(method -> method.isAnnotationPresent(JsonValue.class)))
                    .as("%s names its stored shape itself, so that its fields can change", name)
                    .hasSize(1);
            assertThat(STORED.typeForClass(stored.get(name)).getRevision()).isNotNull();
        }
        assertThat(List.copyOf(names()))
                .containsExactly(
                        "cart.Cart",
                        "catalog.Product",
                        "customer.Customer",
                        "identity.Credentials",
                        "identity.Session",
                        "operations.Operators");
    }
}
