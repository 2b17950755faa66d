package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.ToolProcess;
import dev.kontor.store.documents.DocumentReader;
import dev.kontor.testsupport.MemoryMongo;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A shop's log in a real Axon Server, and back. {@code KONTOR_TEST_AXONSERVER=host:port} names one with an empty
 * context; where {@code KONTOR_TEST_AXONSERVER_HTTP=host:port} is given too it is in development mode, and is emptied
 * before.
 */
@EnabledIfEnvironmentVariable(
        named = "KONTOR_TEST_AXONSERVER",
        matches = ".+",
        disabledReason = "There is no Axon Server to test against: set KONTOR_TEST_AXONSERVER=host:port")
@ResourceLock("Axon Server")
class MovingIT {

    private static final String SERVER = System.getenv("KONTOR_TEST_AXONSERVER");
    private static final String HTTP = System.getenv("KONTOR_TEST_AXONSERVER_HTTP");

    @TempDir
    Path folder;

    private final MemoryMongo mongo = new MemoryMongo();

    @BeforeEach
    void empty() throws Exception {
        if (HTTP != null) {
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpRequest purge = HttpRequest.newBuilder(URI.create("http://" + HTTP + "/v1/devmode/purge-events"))
                        .DELETE()
                        .build();
                assertThat(client.send(purge, BodyHandlers.ofString()).statusCode())
                        .as("emptying of the context at " + HTTP)
                        .isEqualTo(200);
            }
        }
    }

    @AfterEach
    void close() {
        mongo.close();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static String chainIn(String said) {
        return said.replaceFirst(".*chain ([0-9a-f]{8}).*", "$1");
    }

    private static List<String> viewsIn(Object... arguments) {
        try (ToolProcess audit = ToolProcess.begin(arguments)) {
            assertThat(audit.exitCode()).as(audit.said()).isZero();
            assertThat(audit.lastLine()).startsWith("CLEAN");
            return audit.said()
                    .lines()
                    // Each process has a search index of its own.
                    .filter(line -> line.contains(" digest ") && !line.contains("product-search"))
                    .toList();
        }
    }

    /** As a query side would have written them. */
    private void copyViews() {
        try (DocumentReader views = DocumentReader.open(data().resolve("views"))) {
            for (String collection : views.collections()) {
                views.forEach(
                        collection,
                        document -> mongo.database()
                                .getCollection(collection, RawBsonDocument.class)
                                .insertOne(new RawBsonDocument(document)));
            }
            views.tokens((view, token) -> mongo.database()
                    .getCollection("view_tokens")
                    .insertOne(new Document("processorName", view).append("token", new Binary(token))));
        }
    }

    /** The first Kontor is killed while orders are taken, so that some are undecided. */
    @Test
    void a_shop_moves_there_and_back_and_goes_on() throws Exception {
        Shoppers shoppers;
        Map<String, String> acknowledged;
        try (KontorProcess kontor = KontorProcess.start(data())) {
            shoppers = new Shoppers(new Shop(kontor));
            try (shoppers) {
                acknowledged = shoppers.acknowledged(60);
                kontor.kill();
            }
        }
        Path file = folder.resolve("log.jsonl.gz");
        String exported = ToolProcess.run("export", file, "--data", data());

        String imported = ToolProcess.run(there("import", file, "--to", "axon-server", "--data", data()));
        copyViews();
        assertThat(viewsIn(there("audit", "--of", "axon-server")))
                .hasSize(5)
                .isEqualTo(viewsIn("audit", "--data", data()));
        Path brought = folder.resolve("brought.jsonl.gz");
        String again = ToolProcess.run(there("export", brought, "--from", "axon-server"));
        Path back = folder.resolve("back");
        String home = ToolProcess.run("import", brought, "--data", back, "--mongodb", mongo.uri());

        assertThat(List.of(chainIn(imported), chainIn(again), chainIn(home)))
                .containsOnly(chainIn(exported))
                .allMatch(chain -> chain.length() == 8);
        BackupIT.bringMasterKeys(data(), back);
        try (KontorProcess kontor = KontorProcess.start(back)) {
            Shoppers.assertGoesOn(new Shop(kontor), shoppers, acknowledged);
            kontor.stop();
            kontor.exitCode(Duration.ofSeconds(40));
            assertThat(kontor.output()).doesNotContain(" ERROR ");
        }
        assertThat(ToolProcess.run("audit", "--data", back)).startsWith("CLEAN");
    }

    private Object[] there(Object... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--server", SERVER, "--mongodb", mongo.uri()))
                .toArray();
    }
}
