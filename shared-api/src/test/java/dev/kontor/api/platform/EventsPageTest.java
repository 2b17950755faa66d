package dev.kontor.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredSchema;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.api.storage.Upcasters;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares docs/events.md with the code. {@code ./mvnw -pl shared-api test -Ddocs.write=true} writes the page anew. */
class EventsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "events.md");
    private static final StoredTypes TYPES = StoredTypes.events();
    private static final StoredJson STORED = StoredJson.of(TYPES);
    private static final List<String> FEATURES =
            List.of("identity", "customer", "catalog", "cart", "order", "request", "operations");
    private static final Map<Class<?>, String> SIMPLE = Map.of(
            String.class,
            "string",
            Instant.class,
            "time",
            int.class,
            "integer",
            long.class,
            "integer",
            boolean.class,
            "boolean");

    @Test
    void the_page_describes_every_event() throws IOException {
        String expected = page();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE).hasContent(expected);
    }

    @Test
    void every_feature_is_on_the_page() {
        assertThat(TYPES.all().keySet().stream().map(EventsPageTest::feature)).hasSameElementsAs(FEATURES);
    }

    private static String page() {
        return """
                # Events

                All events, by their names in the log. An event's payload is a JSON object with exactly these fields. A type in *italics* is
                a value type, described at the end. An `integer` is a whole number of up to 64 bits; a `time` is ISO 8601 in UTC, like
                `2026-03-01T12:01:00.123456Z`.

                Beside its payload an event has an identifier, a time, the aggregate's type, identifier and sequence number (0 for its first
                event), and metadata: `requestId` and `actor`, the customer whose call led to it, if a customer called.

                This page is generated from the code. How an event changes: [CONTRIBUTING](../CONTRIBUTING.md#how-an-event-changes).

                %s
                ## Value types

                | type | in JSON | description |
                |---|---|---|
                %s
                """.formatted(
                        FEATURES.stream().map(EventsPageTest::chapter).collect(Collectors.joining("\n")),
                        valueTypes().stream().map(EventsPageTest::row).collect(Collectors.joining("\n")));
    }

    private static String chapter(String feature) {
        List<Class<?>> families = TYPES.all().entrySet().stream()
                .filter(event -> feature(event.getKey()).equals(feature))
                .<Class<?>>map(event -> event.getValue().getInterfaces()[0])
                .distinct()
                .sorted(Comparator.comparing(Class::getSimpleName))
                .toList();
        return families.stream()
                .map(family -> "## %s: %s\n\n%s"
                        .formatted(
                                feature,
                                family.getSimpleName().replace("Event", ""),
                                Arrays.stream(family.getPermittedSubclasses())
                                        .map(EventsPageTest::section)
                                        .collect(Collectors.joining("\n"))))
                .collect(Collectors.joining("\n"));
    }

    private static String section(Class<?> event) {
        String name = TYPES.nameOf(event).orElseThrow();
        String revision = STORED.typeForClass(event).getRevision();
        return """
                ### %s

                Revision %s. %s

                %s
                %s""".formatted(
                        name,
                        revision,
                        says(event),
                        Arrays.stream(event.getRecordComponents())
                                .map(field -> "- `%s`: %s".formatted(field.getName(), named(field.getGenericType())))
                                .collect(Collectors.joining("\n")),
                        Upcasters.ALL.stream()
                                .filter(upcaster -> upcaster.before().getName().equals(name))
                                .map(upcaster -> "\nRevision %s is read as revision %s: %s\n"
                                        .formatted(
                                                upcaster.before().getRevision(),
                                                upcaster.after().getRevision(),
                                                upcaster.says()))
                                .collect(Collectors.joining()));
    }

    private static String feature(String name) {
        return name.substring(0, name.indexOf('.'));
    }

    private static String says(Class<?> type) {
        DescribedAs says = type.getAnnotation(DescribedAs.class);
        assertThat(says)
                .as("%s needs @DescribedAs with a plain sentence", type.getName())
                .isNotNull();
        assertThat(says.value()).as("@DescribedAs on %s", type.getName()).endsWith(".");
        return says.value();
    }

    private static String named(Type type) {
        return switch (type) {
            case ParameterizedType list -> "array of " + named(list.getActualTypeArguments()[0]);
            case Class<?> simple when SIMPLE.containsKey(simple) -> SIMPLE.get(simple);
            case Class<?> value -> "*" + nameOf(value) + "*";
            default -> throw new AssertionError(type);
        };
    }

    private static String nameOf(Class<?> type) {
        return type.isMemberClass()
                ? type.getEnclosingClass().getSimpleName() + type.getSimpleName()
                : type.getSimpleName();
    }

    private static Set<Class<?>> valueTypes() {
        Set<Class<?>> found = new TreeSet<>(Comparator.comparing(EventsPageTest::nameOf));
        TYPES.all().values().forEach(event -> addFieldsOf(event, found));
        return found;
    }

    private static void addFieldsOf(Class<?> type, Set<Class<?>> found) {
        Arrays.stream(type.getRecordComponents())
                .flatMap(field -> field.getGenericType() instanceof ParameterizedType list
                        ? Stream.of(list.getActualTypeArguments())
                        : Stream.of(field.getGenericType()))
                .map(field -> (Class<?>) field)
                .filter(field -> !SIMPLE.containsKey(field))
                .forEach(field -> {
                    if (found.add(field) && field.isRecord()) {
                        addFieldsOf(field, found);
                    }
                });
    }

    private static String row(Class<?> type) {
        return "| *%s* | %s | %s |".formatted(nameOf(type), inJson(type), says(type));
    }

    private static String inJson(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> "`\"" + constant + "\"`")
                    .collect(Collectors.joining(", "));
        }
        if (StoredSchema.of(type) instanceof String simple) {
            return simple.startsWith("int") ? "integer" : simple;
        }
        return Arrays.stream(type.getRecordComponents())
                .map(field -> "`%s`: %s".formatted(field.getName(), named(field.getGenericType())))
                .collect(Collectors.joining(", "));
    }
}
