package dev.kontor.standalone.crash;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Line;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.ToolProcess;
import dev.kontor.standalone.identity.ByteSearch;
import dev.kontor.testsupport.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What cannot be handled is put aside: the rest goes on, and after a repair everything is as it must be. */
class DeadLettersIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Map<String, String> ENVIRONMENT =
            Map.of("KONTOR_ADMIN_EMAIL", "admin@example.com", "KONTOR_ADMIN_PASSWORD", Shop.PASSWORD);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private KontorProcess kontor;
    private Shop shop;
    private Product broken;
    private Product other;

    @BeforeEach
    void start() throws Exception {
        start(folder.resolve("data"), "1h");
        broken = shop.listedProduct(100);
        other = shop.listedProduct(100);
    }

    /** @param retryAfter when letters are retried without a request */
    private void start(Path data, String retryAfter) throws Exception {
        kontor = KontorProcess.begin(
                        ArmedProgram.in(folder),
                        data,
                        ENVIRONMENT,
                        "--spring.main.sources=dev.kontor.crash.Faults",
                        "--kontor.dead-letters.retry-after=" + retryAfter)
                .untilReady();
        shop = new Shop(kontor);
    }

    @AfterEach
    void close() {
        kontor.close();
    }

    private void tell(String fault) {
        kontor.tell(fault);
        eventually(SOON, "the fault has begun or ended", () -> kontor.output().contains("done: " + fault));
    }

    private void reprice(Product product, long cents) {
        Answer answer = shop.seller()
                .client()
                .sendJson(
                        "PATCH",
                        "/api/v1/catalog/products/" + product.id(),
                        Map.of("price", Map.of("amount", cents, "currency", "EUR")),
                        // A view that is behind by a letter would be waited for in vain.
                        "Prefer",
                        "respond-async");
        assertThat(answer.status()).isEqualTo(202);
    }

    private long price(Product product) {
        return shop.look(product).hasStatus(200).number("/price/amount");
    }

    private AuditTool.Verdict audit() {
        return AuditTool.verdictOn(folder.resolve("data"));
    }

    private void isBehindBy(int letters) {
        AuditTool.Verdict verdict = audit();
        assertThat(verdict.exitCode()).as(verdict.said()).isEqualTo(1);
        assertThat(verdict.said()).contains("behind by %d dead letters, nothing is wrong".formatted(letters));
    }

    @Test
    void a_view_that_fails_for_one_product_shows_the_others_and_is_right_after_a_retry() throws Exception {
        tell("view " + broken.id());
        for (int change = 1; change <= 3; change++) {
            reprice(broken, 2_000 + change);
            reprice(other, 3_000 + change);
            long cents = 3_000 + change;
            eventually(SOON, "the other product is shown", () -> price(other) == cents);
        }
        assertThat(price(broken)).as("as it was").isEqualTo(broken.cents());
        isBehindBy(3);

        kontor.kill();
        kontor.close();
        isBehindBy(3);
        start(folder.resolve("data"), "1h");

        assertThat(tool()).isEqualTo("3 dead letters in 1 queues");
        assertThat(tool("--queue", "catalog")).isEqualTo("1 sequences with dead letters in catalog");
        assertThat(tool("--retry", "--rate", "100", "--reason", "It is mended"))
                .isEqualTo("Retried 1 sequences; 1 have no dead letters any more");
        assertThat(acts(shop.signedIn("admin@example.com", Shop.PASSWORD).client()))
                .containsExactly("retry catalog It is mended", "done");
        assertThat(price(broken)).isEqualTo(2_003);
        assertThat(audit().said()).contains("CLEAN: ").doesNotContain("NOT CLEAN");
    }

    private String tool(String... arguments) {
        return ToolProcess.run(
                Stream.of(Stream.of("dead-letters"), Stream.of(arguments), Stream.of("--data", folder.resolve("data")))
                        .flatMap(Function.identity())
                        .toArray());
    }

    @Test
    void an_admin_sees_groups_and_letters_retries_them_and_evicts_with_a_reason() {
        Client admin = shop.signedIn("admin@example.com", Shop.PASSWORD).client();
        tell("view " + broken.id());
        tell("view " + other.id());
        reprice(broken, 2_000);
        reprice(other, 3_000);

        JsonNode catalog = eventually(
                SOON,
                "both events are put aside",
                () -> admin.get("/api/v1/admin/dead-letters").hasStatus(200).items().stream()
                        .filter(queue -> queue.get("queue").asString().equals("catalog"))
                        .findFirst()
                        .orElseThrow(),
                queue -> queue.get("letters").asLong() == 2);
        assertThat(catalog.get("alarm").asBoolean()).isFalse();
        assertThat(catalog.get("groups")).as("both failed in the same way").hasSize(1);
        assertThat(catalog.at("/groups/0/exception").asString()).endsWith("FaultException");
        String group = catalog.at("/groups/0/group").asString();

        String letters = "/api/v1/admin/dead-letters/catalog";
        Answer first = admin.get(letters + "?pageSize=1&group=" + group).hasStatus(200);
        assertThat(first.at("/items/0/sequence")).isEqualTo(broken.id());
        assertThat(first.at("/items/0/eventType")).isEqualTo("catalog.ProductRepriced");
        assertThat(first.at("/items/0/cause/frame")).startsWith("dev.kontor.crash.Faults.refuse:");
        Answer second = admin.get(letters + "?pageSize=1&pageToken=" + first.at("/nextPageToken"))
                .hasStatus(200);
        assertThat(second.at("/items/0/sequence")).isEqualTo(other.id());
        assertThat(admin.get(letters + "?group=none").hasStatus(200).items()).isEmpty();

        assertThat(admin.post(letters + "/retry?group=" + group).hasStatus(200).body())
                .isEqualTo("{\"tried\":2,\"handled\":0}");
        tell("mend");
        assertThat(admin.post(letters + "/retry?sequence=" + broken.id())
                        .hasStatus(200)
                        .body())
                .isEqualTo("{\"tried\":1,\"handled\":1}");
        assertThat(price(broken)).isEqualTo(2_000);

        String evicted = letters + "/" + other.id() + "?position=" + second.number("/items/0/position");
        admin.delete(evicted + "&reason=").isProblem(400, "invalid-request");
        admin.delete(letters + "/" + other.id() + "?position=0&reason=test").isProblem(404, "dead-letter-not-found");
        admin.delete(evicted + "&reason=test").hasStatus(204);
        assertThat(admin.get(letters).hasStatus(200).items()).isEmpty();
        assertThat(price(other)).as("the event is gone").isEqualTo(other.cents());
        assertThat(acts(admin))
                .containsSubsequence(
                        "retry catalog/" + broken.id() + " ",
                        "done",
                        "evict catalog/" + other.id() + "/0 test",
                        "refused:dead-letter-not-found",
                        "evict catalog/" + other.id() + "/" + second.number("/items/0/position") + " test",
                        "done");
        assertThat(audit().said()).contains("NOT CLEAN: 1 violation");
        admin.post("/api/v1/admin/views/catalog/rebuild").hasStatus(202);
        eventually(SOON, "the view is rebuilt", () -> price(other) == 3_000);
    }

    /** Acts with subject and reason, and outcomes, in the order of the log. */
    private static List<String> acts(Client admin) {
        return admin
                .get("/api/v1/admin/events?aggregate=operators&first=OLDEST&pageSize=100")
                .hasStatus(200)
                .items()
                .stream()
                .map(event -> event.at("/payload"))
                .map(act -> act.has("outcome")
                        ? act.at("/outcome").asString()
                        : act.at("/act").asString() + " " + act.at("/subject").asString() + " "
                                + act.at("/reason").asString())
                .toList();
    }

    @Test
    void an_order_whose_saga_fails_ends_and_others_are_confirmed() {
        Customer buyer = shop.signedInCustomer();
        tell("saga " + broken.id());

        String failing = buyer.ordersWithoutWaiting(new Line(broken.id(), 1)).at("/id");
        for (int order = 0; order < 3; order++) {
            buyer.orders(new Line(other.id(), 1)).hasStatus(201);
        }

        eventually(SOON, "the order ends", () -> buyer.statusOf(failing).equals("REJECTED"));
        assertThat(shop.stockOf(broken).reserved()).isZero();
        AuditTool.Verdict verdict = audit();
        assertThat(verdict.said()).contains("place-order-saga behind by");
    }

    /** A rate is an upper bound; how near it is reached depends on the machine, and is printed. */
    @Test
    void a_group_is_retried_no_faster_than_its_rate_and_then_all_is_right() {
        int products = 200;
        List<Product> all =
                Stream.generate(() -> shop.listedProduct(1)).limit(products).toList();
        all.forEach(product -> kontor.tell("view " + product.id()));
        tell("view " + broken.id());
        all.forEach(product -> reprice(product, 2_000));
        Client admin = shop.signedIn("admin@example.com", Shop.PASSWORD).client();
        JsonNode group = eventually(
                        SOON,
                        "all are put aside",
                        () -> admin.get("/api/v1/admin/dead-letters").hasStatus(200).items().stream()
                                .filter(queue -> queue.get("queue").asString().equals("catalog"))
                                .findFirst()
                                .orElseThrow(),
                        queue -> queue.get("letters").asInt() == products)
                .at("/groups/0");
        assertThat(group.get("sequences").asInt()).isEqualTo(products);
        tell("mend");

        long begin = System.nanoTime();
        Answer retried = admin.post("/api/v1/admin/dead-letters/catalog/retry?perSecond=100&group="
                + group.get("group").asString());
        Duration took = Duration.ofNanos(System.nanoTime() - begin);

        assertThat(retried.hasStatus(200).body()).isEqualTo("{\"tried\":200,\"handled\":200}");
        assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(1_990));
        System.out.printf("200 dead letters were retried in %d ms, at 100 a second%n", took.toMillis());
        all.forEach(product -> assertThat(price(product)).isEqualTo(2_000));
        assertThat(audit().said()).contains("CLEAN: ").doesNotContain("NOT CLEAN");
    }

    @Test
    void a_backup_has_the_letters_of_the_saga() throws Exception {
        Customer buyer = shop.signedInCustomer();
        tell("saga " + broken.id());
        String failing = buyer.ordersWithoutWaiting(new Line(broken.id(), 1)).at("/id");
        eventually(SOON, "the order ends", () -> buyer.statusOf(failing).equals("REJECTED"));

        ToolProcess.run("backup", folder.resolve("backup"), "--data", folder.resolve("data"));
        kontor.stop();
        kontor.exitCode(SOON);
        Path restored = folder.resolve("restored");
        ToolProcess.run("restore", folder.resolve("backup"), "--data", restored);
        for (String key : new String[] {"master.key", "signing.key"}) {
            Files.copy(folder.resolve("data").resolve(key), restored.resolve(key));
        }

        assertThat(AuditTool.verdictOn(restored).said()).contains("place-order-saga behind by");
        start(restored, "1s");
        eventually(
                SOON,
                "the letters are retried",
                () -> AuditTool.verdictOn(restored).exitCode() == 0);
        assertThat(buyer.at(shop).statusOf(failing)).isEqualTo("REJECTED");
        assertThat(shop.stockOf(broken).reserved()).isZero();
    }

    @Test
    void an_erasure_reaches_into_letters() throws Exception {
        Client admin = shop.signedIn("admin@example.com", Shop.PASSWORD).client();
        Customer person = shop.signedInCustomer();
        String letters = "/api/v1/admin/dead-letters/customers";
        tell("view " + person.id());
        Answer renamed =
                person.client().sendJson("PATCH", "/api/v1/customers/me", Map.of("name", "Wilhelmina Kraftmeier"));
        assertThat(renamed.status()).as("202 where the view is behind").isIn(200, 202);
        Answer letter = eventually(
                SOON,
                "the event is put aside",
                () -> admin.get(letters).hasStatus(200),
                list -> list.items().size() == 1);
        assertThat(letter.at("/items/0/eventType")).isEqualTo("customer.ProfileChanged");
        assertThat(letter.body()).doesNotContain("Kraftmeier");

        Answer erased = person.client().delete("/api/v1/customers/me");
        assertThat(erased.status()).as("202 where the view is behind").isIn(202, 204);
        eventually(
                SOON,
                "the erasure is put aside behind it",
                () -> admin.get(letters).hasStatus(200),
                list -> list.items().getFirst().get("letters").asInt() == 2);
        tell("mend");
        assertThat(tool("--retry")).matches("Retried (\\d+) sequences; \\1 have no dead letters any more");

        admin.get("/api/v1/customers/" + person.id()).isProblem(404, "customer-not-found");
        assertThat(audit().said()).contains("CLEAN: ").doesNotContain("NOT CLEAN");
        kontor.stop();
        kontor.exitCode(SOON);
        assertThat(ByteSearch.filesWith(folder.resolve("data"), "Kraftmeier")).isEmpty();
    }
}
