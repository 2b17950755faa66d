package dev.kontor.standalone.platform;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.standalone.Client;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.ToolProcess;
import dev.kontor.store.EmbeddedEventStorageEngine;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.serialization.Revision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A log that a newer version has written to, with events of types that this version does not know. */
class UnknownEventIT {

    private static final Duration SOON = Duration.ofSeconds(180);

    /** Of a feature that this version does not have. */
    @Revision("1")
    record WishMade(String wish) {}

    /** Of an aggregate that this version has. */
    @Revision("2")
    record ProductWeighed(String productId, long grams) {}

    private static final StoredJson NEWER = StoredJson.of(StoredTypes.with(
            Map.of("wishes.WishMade", WishMade.class, "catalog.ProductWeighed", ProductWeighed.class)));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private void append(DomainEventMessage<?>... events) {
        try (EmbeddedStore store = EmbeddedStore.open(new DataFolder(folder).log())) {
            EmbeddedEventStorageEngine.builder()
                    .store(store)
                    .eventSerializer(NEWER)
                    .snapshotSerializer(NEWER)
                    .build()
                    .appendEvents(Arrays.asList(events));
        }
    }

    private static DomainEventMessage<?> event(String type, String id, long sequence, Object payload) {
        return new GenericDomainEventMessage<>(type, id, sequence, payload);
    }

    private static void ends(KontorProcess kontor) {
        kontor.stop();
        assertThat(kontor.exitCode(SOON)).isZero();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String auditSays() {
        try (ToolProcess audit = ToolProcess.begin("audit", "--data", folder)) {
            assertThat(audit.exitCode()).isEqualTo(1);
            return audit.said();
        }
    }

    @Test
    void it_is_shown_and_stepped_over_by_all_that_do_not_handle_its_feature() {
        Product thing;
        try (KontorProcess kontor = KontorProcess.start(folder, "--kontor.demo=true")) {
            thing = new Shop(kontor).listedProduct(10);
            ends(kontor);
        }
        append(event("Wish", "wish-1", 0, new WishMade("a lamp")));

        try (KontorProcess kontor = KontorProcess.start(folder, "--kontor.demo=true")) {
            Shop shop = new Shop(kontor);
            shop.signedInCustomer().orders(thing.times(1)).hasStatus(201);
            Client admin = shop.admin().client();

            JsonNode shown = admin.get("/api/v1/admin/events?pageSize=100").hasStatus(200).items().stream()
                    .filter(event -> event.has("unknownType"))
                    .findFirst()
                    .orElseThrow();
            assertThat(shown.at("/type").asString()).isEqualTo("wishes.WishMade");
            assertThat(shown.at("/aggregateId").asString()).isEqualTo("wish-1");
            assertThat(shown.at("/payload").toString()).isEqualTo("{}");
            assertThat(admin.get("/api/v1/admin/events?aggregate=wish-1")
                            .hasStatus(200)
                            .at("/items/0/type"))
                    .isEqualTo("wishes.WishMade");
            assertThat(admin.get("/api/v1/admin/stories/wish-1").hasStatus(200).at("/steps/0/event/type"))
                    .isEqualTo("wishes.WishMade");
            admin.get("/api/v1/admin/aggregates/wish-1").isProblem(409, "unknown-event");
            admin.sendJson(
                            "POST",
                            "/api/v1/admin/events/unmask",
                            Map.of("aggregateId", "wish-1", "sequence", 0, "reason", "a test"))
                    .isProblem(409, "unknown-event");
            assertThat(ToolProcess.run("events", "--aggregate", "wish-1", "--data", folder))
                    .isEqualTo("1 event");
            ends(kontor);
        }
        assertThat(auditSays())
                .contains("is a wishes.WishMade of revision 1, which this audit does not know")
                .contains("NOT CLEAN: 1 violation");
    }

    @Test
    void an_aggregate_with_one_refuses_and_the_processors_of_its_feature_stop() throws IOException {
        Product thing;
        try (KontorProcess kontor = KontorProcess.start(folder, "--kontor.demo=true")) {
            Shop shop = new Shop(kontor);
            thing = shop.listedProduct(10);
            shop.reprice(thing, 2_000);
            ends(kontor);
        }
        append(event("Product", thing.id(), 2, new ProductWeighed(thing.id(), 500)));

        // It does not become ready, so it does not name its address.
        int port = freePort();
        try (KontorProcess kontor = KontorProcess.begin(folder, "--kontor.demo=true", "--server.port=" + port)) {
            eventually(SOON, "the server listens", () -> kontor.listeningPorts().contains(port));
            Client admin =
                    new Shop(URI.create("http://127.0.0.1:" + port)).admin().client();

            admin.get("/api/v1/admin/aggregates/" + thing.id() + "?version=1").hasStatus(200);
            Answer refused = admin.get("/api/v1/admin/aggregates/" + thing.id()).isProblem(409, "unknown-event");
            assertThat(refused.at("/detail")).contains("'catalog.ProductWeighed'");
            admin.sendJson(
                            "PATCH",
                            "/api/v1/catalog/products/" + thing.id(),
                            Map.of("price", Map.of("amount", 3_000, "currency", "EUR")))
                    .isProblem(500, "internal");
            List<JsonNode> behind = admin.get("/api/v1/admin/views").hasStatus(200).items().stream()
                    .filter(view -> view.get("lag").asLong() > 0)
                    .toList();
            assertThat(behind).extracting(view -> view.get("name").asString()).contains("catalog");
            eventually(
                    SOON,
                    "the log names the event",
                    () -> kontor.output()
                            .contains(
                                    "The log contains 'catalog.ProductWeighed' (revision 2), which this version does not know"));
        }
        assertThat(auditSays()).contains("is a catalog.ProductWeighed of revision 2, which this audit does not know");
    }
}
