package dev.kontor.standalone.platform;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.ToolProcess;
import dev.kontor.testsupport.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Event processors that an operator watches, pauses, resumes and resets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessorsIT {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String PROCESSORS = "/api/v1/admin/processors/";

    @TempDir
    private static Path folder;

    private KontorProcess kontor;
    private Shop shop;

    @BeforeAll
    void start() {
        kontor = KontorProcess.start(folder.resolve("data"), "--kontor.demo=true");
        shop = new Shop(kontor);
    }

    @AfterAll
    void close() {
        kontor.close();
    }

    private void restart() {
        kontor.kill();
        kontor.close();
        start();
    }

    private Client admin() {
        return shop.admin().client();
    }

    private List<JsonNode> processors() {
        return admin().get("/api/v1/admin/processors").hasStatus(200).items();
    }

    private JsonNode processor(String name) {
        return processors().stream()
                .filter(processor -> processor.at("/name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Answer change(String name, Object change) {
        return admin().sendJson("PATCH", PROCESSORS + name, change);
    }

    private String status(String order) {
        return admin().get("/api/v1/orders/" + order).hasStatus(200).at("/status");
    }

    private void hasReadAll(String name) {
        eventually(
                SOON,
                name + " has read the log",
                () -> processor(name).at("/lag").asLong() == 0);
    }

    private String tool(String... arguments) {
        return ToolProcess.run(Stream.concat(
                        Stream.concat(Stream.of("processors"), Stream.of(arguments)),
                        Stream.of("--data", folder.resolve("data")))
                .toArray());
    }

    @Test
    void an_admin_sees_each_processor_with_its_position_and_its_segments() {
        Stream.of("orders", "order-processing", "product-search", "revocations").forEach(this::hasReadAll);

        assertThat(processors())
                .extracting(processor -> processor.at("/name").asString())
                .contains("catalog", "carts", "orders", "customers", "sessions", "product-search")
                .contains("order-processing", "closed-accounts", "unshipped-orders", "revocations")
                .isSorted();
        assertThat(processors()).allSatisfy(processor -> {
            assertThat(processor.at("/state").asString()).isEqualTo("RUNNING");
            assertThat(processor.at("/segments"))
                    .isNotEmpty()
                    .allSatisfy(segment ->
                            assertThat(segment.at("/owner").asString()).isEqualTo("this process"));
            assertThat(processor.at("/late").asBoolean()).isFalse();
            assertThat(processor.at("/pausable").asBoolean())
                    .isEqualTo(!processor.at("/name").asString().equals("revocations"));
        });
        assertThat(processor("orders").at("/position").asLong()).isPositive();
        assertThat(tool()).isEqualTo(processors().size() + " event processors, none of them late");
    }

    @Test
    void a_paused_processor_handles_nothing_also_after_a_kill_until_it_is_resumed() {
        Product product = shop.listedProduct(10);
        Customer customer = shop.signedInCustomer();
        assertThat(tool("--pause", "order-processing", "--reason", "A test")).isEqualTo("order-processing is paused");
        JsonNode paused = processor("order-processing");
        assertThat(paused.at("/state").asString()).isEqualTo("PAUSED");
        assertThat(paused.at("/segments/0").has("owner")).isFalse();

        String order = customer.client()
                .sendJson(
                        "POST",
                        "/api/v1/orders",
                        Map.of("lines", List.of(Map.of("productId", product.id(), "quantity", 1))),
                        "Prefer",
                        "respond-async")
                .hasStatus(202)
                .at("/id");
        restart();

        JsonNode stillPaused = processor("order-processing");
        assertThat(stillPaused.at("/state").asString()).isEqualTo("PAUSED");
        assertThat(stillPaused.at("/position").asLong())
                .isEqualTo(paused.at("/position").asLong());
        assertThat(stillPaused.at("/lag").asLong()).isPositive();
        assertThat(status(order)).isEqualTo("PLACED");

        change("order-processing", Map.of("paused", false)).hasStatus(200);

        eventually(SOON, "the order is decided", () -> status(order).equals("CONFIRMED"));
        hasReadAll("order-processing");
        assertThat(acts()).startsWith("resume-processor order-processing ", "pause-processor order-processing A test");
    }

    /** The newest first. */
    private List<String> acts() {
        return admin().get("/api/v1/admin/events?pageSize=100&aggregate=operators").hasStatus(200).items().stream()
                .map(event -> event.at("/payload"))
                .filter(act -> act.has("act"))
                .map(act -> "%s %s %s"
                        .formatted(
                                act.at("/act").asString(),
                                act.at("/subject").asString(),
                                act.at("/reason").asString("")))
                .toList();
    }

    @Test
    void a_view_whose_processor_is_paused_shows_what_it_has_read_and_does_not_hold_up_a_start() {
        Product product = shop.listedProduct(10);
        change("catalog", Map.of("paused", true)).hasStatus(200);
        Answer repriced = shop.seller()
                .client()
                .sendJson(
                        "PATCH",
                        "/api/v1/catalog/products/" + product.id(),
                        Map.of("price", Map.of("amount", 4_321, "currency", "EUR")),
                        "Prefer",
                        "respond-async");
        assertThat(repriced.status()).isEqualTo(202);
        restart();

        assertThat(shop.look(product).hasStatus(200).number("/price/amount")).isEqualTo(product.cents());

        change("catalog", Map.of("paused", false)).hasStatus(200);
        hasReadAll("catalog");
        assertThat(shop.look(product).hasStatus(200).number("/price/amount")).isEqualTo(4_321);
    }

    @Test
    void a_processor_whose_handlers_recognize_a_repeat_is_reset_while_it_is_paused() {
        String name = "unshipped-orders";
        hasReadAll(name);
        hasState(change(name, Map.of("position", 0)));
        change(name, Map.of("paused", true)).hasStatus(200);
        long position = processor(name).at("/position").asLong();
        change(name, Map.of("position", position + 1)).hasStatus(400);

        assertThat(tool("--reset", name, "--position", "1"))
                .isEqualTo("unshipped-orders reads the log again from position 1 once it is resumed");
        assertThat(processor(name).at("/position").asLong()).isEqualTo(1);
        change(name, Map.of("position", 0)).hasStatus(200);
        assertThat(processor(name).at("/position").asLong()).isZero();

        assertThat(tool("--resume", name)).isEqualTo("unshipped-orders goes on");
        hasReadAll(name);
    }

    private static void hasState(Answer refused) {
        assertThat(refused.hasStatus(409).at("/type")).isEqualTo("urn:kontor:problem:processor-state");
    }

    @Test
    void what_is_not_possible_is_refused_and_changes_nothing() {
        change("none", Map.of("paused", true)).hasStatus(404);
        change("orders", Map.of()).hasStatus(400);
        change("orders", Map.of("paused", true, "position", 0)).hasStatus(400);
        hasState(change("revocations", Map.of("paused", true)));
        change("orders", Map.of("paused", true)).hasStatus(200);
        hasState(change("orders", Map.of("position", 0)));
        change("orders", Map.of("paused", false)).hasStatus(200);

        assertThat(processors())
                .allSatisfy(processor ->
                        assertThat(processor.at("/state").asString()).isEqualTo("RUNNING"));
    }
}
