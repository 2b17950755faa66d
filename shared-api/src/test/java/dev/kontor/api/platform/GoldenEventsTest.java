package dev.kontor.api.platform;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.api.storage.Upcasters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events in a log are stored permanently. Each golden file is one event as stored. A change that makes one fail needs a
 * new revision and an upcaster, never a new golden file of the old revision. The file of an older revision is kept as
 * {@code feature.Name.revision.json}, and is read as the newest. {@code -Dshapes.write=true} writes the file of an event
 * that has none, and no other.
 */
class GoldenEventsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final StoredTypes TYPES = StoredTypes.events();
    private static final StoredJson STORED = StoredJson.of(TYPES);
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Map<String, Object> SAMPLES = Samples.all().stream()
            .collect(toUnmodifiableMap(sample -> TYPES.nameOf(sample.getClass()).orElseThrow(), Function.identity()));

    static Set<String> names() {
        return new TreeSet<>(TYPES.all().keySet());
    }

    @BeforeAll
    static void writeMissingFiles() throws IOException {
        if (Boolean.getBoolean("shapes.write")) {
            for (String name : names()) {
                Path file = GOLDEN.resolve(name + ".json");
                if (Files.notExists(file)) {
                    Files.writeString(file, written(SAMPLES.get(name)));
                }
            }
        }
    }

    private static String golden(String name) {
        try {
            return Files.readString(GOLDEN.resolve(name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException("There is no golden file of " + name, e);
        }
    }

    private static String written(Object event) {
        SerializedObject<String> stored = STORED.serialize(event, String.class);
        JsonNode golden = JSON.createObjectNode()
                .put("type", stored.getType().getName())
                .put("revision", stored.getType().getRevision())
                .set("payload", JSON.readTree(stored.getData()));
        return JSON.writeValueAsString(golden) + "\n";
    }

    private static Object read(JsonNode golden) {
        return StoredEvents.read(golden, MetaData.emptyInstance());
    }

    private static String old(OneRevisionUp upcaster) {
        return upcaster.before().getName() + "." + upcaster.before().getRevision();
    }

    static List<OneRevisionUp> upcasters() {
        return Upcasters.ALL;
    }

    @ParameterizedTest
    @MethodSource("upcasters")
    void an_event_of_an_older_revision_is_read_as_the_newest(OneRevisionUp upcaster) {
        String name = upcaster.before().getName();

        assertThat(read(JSON.readTree(golden(old(upcaster))))).isEqualTo(SAMPLES.get(name));
    }

    /** From the first revision on, step by step: no event lacks an upcaster. */
    @ParameterizedTest
    @MethodSource("names")
    void every_older_revision_has_its_upcaster(String name) {
        int today = Integer.parseInt(
                STORED.typeForClass(TYPES.typeOf(name).orElseThrow()).getRevision());

        assertThat(Upcasters.ALL.stream()
                        .filter(upcaster -> upcaster.before().getName().equals(name))
                        .map(upcaster -> upcaster.before().getRevision() + " to "
                                + upcaster.after().getRevision()))
                .containsExactlyElementsOf(IntStream.range(1, today)
                        .mapToObj(revision -> revision + " to " + (revision + 1))
                        .toList());
    }

    @Test
    void there_is_a_golden_file_for_every_event_and_no_other() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            Set<String> found = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());

            assertThat(found)
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    names().stream(), Upcasters.ALL.stream().map(GoldenEventsTest::old))
                            .map(name -> name + ".json")
                            .toList());
        }
    }

    @Test
    void there_is_a_sample_of_every_event() {
        assertThat(SAMPLES.keySet()).containsExactlyInAnyOrderElementsOf(names());
    }

    @ParameterizedTest
    @MethodSource("names")
    void an_event_is_written_as_it_always_was(String name) {
        assertThat(written(SAMPLES.get(name))).isEqualTo(golden(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void an_event_of_an_early_version_is_read(String name) {
        assertThat(read(JSON.readTree(golden(name)))).isEqualTo(SAMPLES.get(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void an_event_is_read_though_a_later_revision_knows_more(String name) {
        JsonNode golden = JSON.readTree(golden(name));
        golden.get("payload").asObject().put("addedLater", "unknown here");

        assertThat(read(golden)).isEqualTo(SAMPLES.get(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothing_in_an_event_is_left_out(String name) {
        JsonNode payload = JSON.readTree(golden(name)).get("payload");

        assertThat(payload.size()).isEqualTo(TYPES.typeOf(name).orElseThrow().getRecordComponents().length);
    }

    @Test
    void an_order_that_expects_no_total_is_read() {
        JsonNode golden = JSON.readTree(golden("order.OrderPlaced"));
        golden.get("payload").asObject().putNull("expectedTotal");

        assertThat(read(golden)).hasFieldOrPropertyWithValue("expectedTotal", null);
    }
}
