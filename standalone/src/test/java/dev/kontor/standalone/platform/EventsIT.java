package dev.kontor.standalone.platform;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.EventReader;
import dev.kontor.standalone.EventReader.Event;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.ToolProcess;
import dev.kontor.testsupport.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The log, for admins: over REST, and by the tool. */
@TestInstance(Lifecycle.PER_CLASS)
class EventsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String EVENTS = "/api/v1/admin/events";

    @TempDir
    private static Path data;

    private KontorProcess kontor;
    private Shop shop;
    private Product pen;
    private Customer buyer;

    @BeforeAll
    void start() {
        kontor = KontorProcess.start(data, "--kontor.demo=true");
        shop = new Shop(kontor);
        pen = shop.listedProduct(1_000, 250);
        buyer = shop.signedInCustomer();
    }

    @AfterAll
    void close() {
        assertThat(ToolProcess.run("audit", "--data", data)).startsWith("CLEAN");
        kontor.close();
    }

    private Answer list(String query) {
        return shop.admin().client().get(EVENTS + query).hasStatus(200);
    }

    private static List<String> types(Answer page) {
        return page.items().stream().map(event -> event.at("/type").asString()).toList();
    }

    private String anOrder() {
        return buyer.orders(pen.times(1)).hasStatus(201).at("/id");
    }

    @Test
    void an_admin_finds_the_events_of_an_order_and_of_its_request() {
        Answer placed = buyer.orders(pen.times(2)).hasStatus(201);
        String order = placed.at("/id");
        String request = placed.header("X-Request-Id");

        assertThat(types(list("?aggregate=" + order))).containsExactly("order.OrderConfirmed", "order.OrderPlaced");
        assertThat(types(list("?aggregate=" + order + "&first=OLDEST&pageSize=1")))
                .containsExactly("order.OrderPlaced");
        Answer ofRequest = list("?first=OLDEST&request=" + request);
        assertThat(types(ofRequest))
                .containsExactly("order.OrderPlaced", "catalog.StockReserved", "order.OrderConfirmed");
        assertThat(ofRequest.items()).allSatisfy(event -> {
            assertThat(event.at("/actor").asString()).isEqualTo(buyer.id());
            assertThat(event.at("/requestId").asString()).isEqualTo(request);
        });
    }

    @Test
    void the_log_is_read_by_type_time_and_position() {
        String before = Instant.now().toString();
        String first = anOrder();
        String second = anOrder();

        Answer since = list("?type=order.OrderPlaced&first=OLDEST&from=" + before);
        assertThat(since.items())
                .extracting(event -> event.at("/aggregateId").asString())
                .startsWith(first, second);
        long position = since.items().getFirst().at("/position").asLong();
        Answer one = list("?fromPosition=" + position + "&untilPosition=" + (position + 1));
        assertThat(one.items()).containsExactly(since.items().getFirst());
        assertThat(types(list("?type=order.OrderPlaced&until=2026-01-01T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void pages_have_every_event_once() {
        anOrder();
        long last = list("?pageSize=1").items().getFirst().at("/position").asLong();
        String token = "";
        long next = last;
        do {
            Answer page = list("?pageSize=7&untilPosition=" + (last + 1) + token);
            for (JsonNode event : page.items()) {
                assertThat(event.at("/position").asLong()).isEqualTo(next--);
            }
            String following = page.json().at("/nextPageToken").asString("");
            token = following.isEmpty() ? "" : "&pageToken=" + following;
        } while (!token.isEmpty());
        assertThat(next).isEqualTo(-1);
    }

    @Test
    void the_log_is_followed_and_a_client_that_comes_back_misses_nothing() {
        String seen;
        try (EventReader stream = shop.admin().client().watch(EVENTS + "/live?type=order.OrderPlaced")) {
            assertThat(stream.status()).isEqualTo(200);
            String order = anOrder();
            Event placed = stream.next();
            assertThat(placed.name()).isEqualTo("event");
            assertThat(placed.data().at("/aggregateId").asString()).isEqualTo(order);
            assertThat(placed.data())
                    .isEqualTo(list("?fromPosition=" + placed.id() + "&first=OLDEST")
                            .items()
                            .getFirst());
            seen = placed.id();
        }
        String meanwhile = anOrder();

        try (EventReader back =
                shop.admin().client().watch(EVENTS + "/live?type=order.OrderPlaced", "Last-Event-ID", seen)) {
            assertThat(back.next().data().at("/aggregateId").asString()).isEqualTo(meanwhile);
            String later = anOrder();
            assertThat(back.next().data().at("/aggregateId").asString()).isEqualTo(later);
        }
    }

    @Test
    void a_sign_out_ends_the_stream() {
        Customer again = shop.signedIn("admin1@example.com", "testPass123");
        try (EventReader stream = again.client().watch(EVENTS + "/live?type=customer.CustomerErased")) {
            again.client().post("/api/v1/auth/signout").hasStatus(204);
            stream.awaitEnd();
        }
    }

    @Test
    void personal_data_is_masked_until_a_reason_is_in_the_log() {
        Customer customer = shop.signedInCustomer();
        JsonNode masked = list("?aggregate=" + customer.id() + "&type=customer.CustomerRegistered")
                .items()
                .getFirst();
        assertThat(masked.at("/payload/email").asString()).isEqualTo("***");
        assertThat(masked.at("/masked").asBoolean()).isTrue();
        Map<String, Object> asked = Map.of("aggregateId", customer.id(), "sequence", 0, "reason", "A lost parcel");

        Answer shown = shop.admin()
                .client()
                .sendJson("POST", EVENTS + "/unmask", asked)
                .hasStatus(200);

        assertThat(shown.at("/payload/email")).isEqualTo(customer.email());
        List<JsonNode> acts = list("?aggregate=operators").items();
        JsonNode end = acts.getFirst();
        JsonNode act = acts.get(1);
        assertThat(end.at("/type").asString()).isEqualTo("operations.OperatorActEnded");
        assertThat(end.at("/payload/sequence").asLong())
                .isEqualTo(act.at("/sequence").asLong());
        assertThat(end.at("/payload/outcome").asString()).isEqualTo("done");
        assertThat(act.at("/type").asString()).isEqualTo("operations.OperatorActed");
        assertThat(act.at("/actor").asString()).isEqualTo(shop.admin().id());
        assertThat(act.at("/payload/actor").asString()).isEqualTo(shop.admin().id());
        assertThat(act.at("/payload/act").asString()).isEqualTo("unmask");
        assertThat(act.at("/payload/subject").asString()).isEqualTo(customer.id() + "/0");
        assertThat(act.at("/payload/reason").asString()).isEqualTo("A lost parcel");
        shop.admin()
                .client()
                .sendJson("POST", EVENTS + "/unmask", asked, "Idempotency-Key", "a-key")
                .isProblem(400, "invalid-request");
    }

    @Test
    void the_state_of_a_product_is_shown_as_of_a_past_version_and_time() {
        Product lamp = shop.listedProduct(5, 100);
        String aggregate = "/api/v1/admin/aggregates/" + lamp.id();
        JsonNode listed = state(aggregate + "?version=0");
        shop.reprice(lamp, 777);
        shop.restock(lamp, 2);

        JsonNode now = state(aggregate);

        assertThat(now.at("/version").asLong()).isEqualTo(2);
        assertThat(now.at("/type").asString()).isEqualTo("catalog.StockAdded");
        assertThat(now.at("/state").toString())
                .contains("777")
                .isNotEqualTo(listed.at("/state").toString());
        assertThat(state(aggregate + "?version=0")).isEqualTo(listed);
        assertThat(state(aggregate + "?time=" + listed.at("/time").asString())).isEqualTo(listed);
        assertThat(listed.at("/state").toString()).doesNotContain("777");
        shop.admin().client().get(aggregate + "?version=-1").isProblem(400, "invalid-request");
        shop.admin().client().get(aggregate + "?version=3").isProblem(404, "not-found");
        shop.admin().client().get(aggregate + "?time=2020-01-01T00:00:00Z").isProblem(404, "not-found");
        assertThat(state("/api/v1/admin/aggregates/" + buyer.id()).toString()).doesNotContain(buyer.email());
    }

    private JsonNode state(String path) {
        return shop.admin().client().get(path).hasStatus(200).json();
    }

    @Test
    void the_tool_shows_the_log_on_a_terminal() {
        String order = anOrder();

        try (ToolProcess tool = ToolProcess.begin("events", "--aggregate", order, "--data", data)) {
            assertThat(tool.exitCode()).as(tool.said()).isZero();
            List<String> lines = tool.said().lines().toList();
            assertThat(lines).hasSize(5);
            assertThat(lines.get(0))
                    .matches(" +\\S+Z +order\\.OrderPlaced +" + order + " #0  request \\S+  by " + buyer.id());
            assertThat(lines.get(1)).startsWith("          {\"orderId\":\"" + order);
            assertThat(lines.get(2)).contains("order.OrderConfirmed", order + " #1");
            assertThat(lines.get(4)).isEqualTo("2 events");
        }
        assertThat(ToolProcess.run("events", "--oldest", "--limit", 3, "--data", data))
                .isEqualTo("3 events");
    }

    @Test
    void the_tool_follows_the_log() {
        String before = anOrder();
        try (ToolProcess tool =
                ToolProcess.begin("events", "--follow", "--type", "order.OrderPlaced", "--limit", 1, "--data", data)) {
            eventually(SOON, "the last event is shown", tool::said, said -> said.contains(before));

            String after = anOrder();

            eventually(SOON, "the next event is shown", tool::said, said -> said.contains(after));
            assertThat(tool.said().lines().filter(line -> line.contains("order.OrderPlaced")))
                    .hasSize(2);
        }
    }

    @Test
    void the_tool_unmasks_an_event_and_the_log_names_the_operator() {
        try (ToolProcess tool = ToolProcess.begin(
                "events", "--aggregate", buyer.id(), "--unmask", 0, "--reason", "A test", "--data", data)) {
            assertThat(tool.exitCode()).as(tool.said()).isZero();
            assertThat(tool.said()).contains(buyer.email());
        }
        JsonNode act = list("?aggregate=operators&type=operations.OperatorActed").items().stream()
                .filter(event -> event.at("/payload/subject").asString().equals(buyer.id() + "/0"))
                .findFirst()
                .orElseThrow();
        assertThat(act.at("/payload/actor").asString()).isEqualTo("operator");
    }

    @Test
    void the_tool_refuses_what_does_not_belong_together() {
        for (List<String> wrong : List.of(
                List.of("--unmask", "0"),
                List.of("--reason", "x"),
                List.of("--unmask", "0", "--reason", "x"),
                List.of("--follow", "--oldest"),
                List.of("--follow", "--from", "2026-03-01T12:00:00Z"),
                List.of("--limit", "10001"),
                List.of("--unmask", "x", "--reason", "x", "--aggregate", "a"))) {
            List<Object> arguments = new ArrayList<>(List.of("events", "--data", data));
            arguments.addAll(wrong);
            try (ToolProcess tool = ToolProcess.begin(arguments.toArray())) {
                assertThat(tool.exitCode()).as(wrong + tool.said()).isEqualTo(2);
            }
        }
        try (ToolProcess tool = ToolProcess.begin("events", "--type", "nothing", "--data", data)) {
            assertThat(tool.exitCode()).isEqualTo(1);
            assertThat(tool.lastLine()).contains("type is not the name of a type of events");
        }
    }
}
