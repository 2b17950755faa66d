package dev.kontor.standalone.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.operations.ViewTokens;
import dev.kontor.standalone.tools.axonserver.SidesDatabase;
import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.testsupport.MemoryMongo;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CopiedViewsTest {

    private static final ToolConsole SILENT = new ToolConsole(
            new PrintStream(PrintStream.nullOutputStream()), new PrintStream(PrintStream.nullOutputStream()));

    private final MemoryMongo mongo = new MemoryMongo();

    @AfterEach
    void close() {
        mongo.close();
    }

    private CopiedViews copy() throws Exception {
        try (SidesDatabase opened =
                SidesDatabase.open(mongo.uri(), Arguments.parse(new AuditTool(), List.of()), Map.of())) {
            return new CopiedViews(opened, SILENT);
        }
    }

    private static Document token(String view, int segment, String json) {
        return new Document("processorName", view)
                .append("segment", segment)
                .append("token", json == null ? null : new Binary(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Map<String, Object>> read(CopiedViews views, String collection) {
        List<Map<String, Object>> read = new ArrayList<>();
        views.forEach(collection, read::add);
        return read;
    }

    @Test
    void documents_are_plain_values_and_stay_as_they_were_copied() throws Exception {
        mongo.database()
                .getCollection("orders")
                .insertOne(new Document("_id", "o-1")
                        .append("version", 3L)
                        .append("total", new Document("amount", 5L))
                        .append("lines", List.of(new Document("quantity", 2)))
                        .append("sealed", new Binary(new byte[] {1, 2}))
                        .append("rejection", null));
        mongo.database().getCollection("keys").insertOne(new Document("_id", "secret"));

        try (CopiedViews views = copy()) {
            mongo.database().getCollection("orders").deleteMany(new Document());

            assertThat(views.collections()).containsExactly("orders");
            for (int time = 1; time <= 2; time++) {
                Map<String, Object> document = read(views, "orders").getFirst();
                assertThat(document)
                        .containsEntry("version", 3L)
                        .containsEntry("total", Map.of("amount", 5L))
                        .containsEntry("lines", List.of(Map.of("quantity", 2)))
                        .containsEntry("rejection", null);
                assertThat((byte[]) document.get("sealed")).containsExactly(1, 2);
            }
        }
    }

    @Test
    void the_position_of_a_view_is_that_of_its_slowest_segment() throws Exception {
        mongo.database()
                .getCollection("view_tokens")
                .insertMany(List.of(
                        token("orders", 0, "{\"globalIndex\":41}"),
                        token("orders", 1, "{\"globalIndex\":17}"),
                        token("carts", 0, null),
                        token("__config", 0, "{\"config\":{}}")));

        try (CopiedViews views = copy()) {
            assertThat(views.position("orders")).isEqualTo(OptionalLong.of(17));
            assertThat(views.position("carts")).isEqualTo(OptionalLong.of(-1));
            assertThat(views.position("catalog")).isEmpty();
        }
    }

    @Test
    void a_rebuilt_view_is_behind_its_former_position() {
        ViewTokens before = read("{\"globalIndex\":41}");

        assertThat(read("{\"globalIndex\":41}").isNotBehind(before)).isTrue();
        assertThat(read("{\"globalIndex\":42}").isNotBehind(before)).isTrue();
        assertThat(read("{\"tokenAtReset\":{\"globalIndex\":41},\"currentToken\":{\"globalIndex\":3}}")
                        .isNotBehind(before))
                .isFalse();
        assertThat(new ViewTokens().isNotBehind(before)).isFalse();
    }

    private static ViewTokens read(String json) {
        ViewTokens tokens = new ViewTokens();
        tokens.read("orders", json.getBytes(StandardCharsets.UTF_8));
        return tokens;
    }
}
