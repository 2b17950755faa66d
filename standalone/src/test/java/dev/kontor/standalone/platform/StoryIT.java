package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.ToolProcess;
import dev.kontor.testsupport.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The story of an order. {@code docs/stories.md} has three of them; {@code -Ddocs.write=true} writes them, with other
 * ids and times.
 */
@TestInstance(Lifecycle.PER_CLASS)
class StoryIT {

    private static final Path PAGE = Path.of("..", "docs", "stories.md");
    private static final String BEGIN = "<!-- stories: written by StoryIT -->\n";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    private static final Pattern DURATION = Pattern.compile("\\+\\d+\\.\\d{3} s");

    @TempDir
    private static Path data;

    private KontorProcess kontor;
    private Shop shop;
    private Product lamp;
    private Product desk;
    private Customer buyer;

    @BeforeAll
    void start() {
        kontor = KontorProcess.start(data, "--kontor.demo=true");
        shop = new Shop(kontor);
        lamp = shop.listedProduct(10, 3_000);
        desk = shop.listedProduct(1, 20_000);
        buyer = shop.signedInCustomer();
    }

    @AfterAll
    void close() {
        kontor.close();
    }

    private JsonNode story(String subject) {
        return shop.admin()
                .client()
                .get("/api/v1/admin/stories/" + subject)
                .hasStatus(200)
                .json();
    }

    private static List<String> types(JsonNode story) {
        return story.path("steps")
                .valueStream()
                .map(step -> step.at("/event/type").asString())
                .toList();
    }

    private String orderOfBoth() {
        Answer placed = buyer.client()
                .sendJson(
                        "POST",
                        "/api/v1/orders",
                        Map.of(
                                "lines",
                                List.of(
                                        Map.of("productId", lamp.id(), "quantity", 2),
                                        Map.of("productId", desk.id(), "quantity", 2))))
                .isProblem(409, "insufficient-stock");
        return placed.at("/orderId");
    }

    @Test
    void three_orders_have_the_stories_of_the_page() throws Exception {
        String confirmed = buyer.orders(lamp.times(1)).hasStatus(201).at("/id");
        String rejected = orderOfBoth();
        String cancelled = buyer.orders(lamp.times(3)).hasStatus(201).at("/id");
        buyer.cancels(cancelled).hasStatus(200);

        String text = BEGIN
                + section("A confirmed order", confirmed)
                + section("A rejected order", rejected)
                + section("A cancelled order", cancelled);

        if (Boolean.getBoolean("docs.write")) {
            String page = Files.readString(PAGE);
            Files.writeString(PAGE, page.substring(0, page.indexOf(BEGIN)) + text);
        }
        assertThat(Files.readString(PAGE)).endsWith(text);
    }

    private String section(String title, String order) {
        try (ToolProcess tool = ToolProcess.begin("story", order, "--data", data)) {
            assertThat(tool.exitCode()).as(tool.said()).isZero();
            return "\n### " + title + "\n\n```\n" + stable(tool.said()) + "```\n";
        }
    }

    /** With ids, times and durations that are the same in each run. */
    private static String stable(String told) {
        Map<String, String> ids = new LinkedHashMap<>();
        String text = ID.matcher(told)
                .replaceAll(id -> ids.computeIfAbsent(
                        id.group(), absent -> "00000000-0000-7000-8000-%012d".formatted(ids.size() + 1)));
        int[] step = {0};
        text = TIME.matcher(text)
                .replaceAll(time -> Matcher.quoteReplacement("2026-03-01T12:00:00.%03dZ".formatted(step[0]++)));
        return DURATION.matcher(text).replaceAll("+… s");
    }

    @Test
    void the_story_of_a_request_and_of_the_others_is_told() {
        Answer placed = buyer.orders(lamp.times(1)).hasStatus(201);
        String order = placed.at("/id");

        JsonNode ofRequest = story(placed.header("X-Request-Id"));
        assertThat(types(ofRequest))
                .containsExactly("order.OrderPlaced", "catalog.StockReserved", "order.OrderConfirmed");
        assertThat(story(order)).isEqualTo(story(order));
        assertThat(types(story(order))).isEqualTo(types(ofRequest));
        assertThat(story(order).at("/complete").asBoolean()).isTrue();

        assertThat(types(story(lamp.id()))).contains("catalog.ProductListed", "catalog.StockReserved");
        buyer.puts(1, lamp).hasStatus(200);
        assertThat(types(story("cart-" + buyer.id()))).contains("cart.CartItemPut");
        JsonNode ofCustomer = story(buyer.id());
        assertThat(types(ofCustomer)).contains("customer.CustomerRegistered", "identity.EmailClaimed");
        assertThat(ofCustomer.toString()).doesNotContain(buyer.email());
    }

    @Test
    void what_the_log_does_not_have_has_no_story() {
        shop.admin().client().get("/api/v1/admin/stories/nothing").isProblem(404, "not-found");
        try (ToolProcess tool = ToolProcess.begin("story", "nothing", "--data", data)) {
            assertThat(tool.exitCode()).isEqualTo(1);
            assertThat(tool.lastLine()).startsWith("story failed: The log has nothing");
        }
    }
}
