package dev.kontor.standalone.crash;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.crash.CrashPoint;
import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.NoAnswer;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * The process ends while a dead letter is written or removed. After a restart the letter is there exactly once, or its
 * event is handled; after a repair and a retry the audit is clean.
 */
class LetterCrashIT {

    private static final Duration SOON = Duration.ofSeconds(180);
    private static final int KILLED = 137;
    private static final Map<String, String> ENVIRONMENT =
            Map.of("KONTOR_ADMIN_EMAIL", "admin@example.com", "KONTOR_ADMIN_PASSWORD", Shop.PASSWORD);
    private static final String VIEW = "catalog";
    private static final String SAGA = "place-order-saga";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private Path data;
    private KontorProcess kontor;
    private Shop shop;
    private Client admin;

    /** @param fault from the start on; empty for none */
    private void start(String fault) throws IOException {
        data = folder.resolve("data");
        List<String> program = Stream.concat(Stream.of("-Dkontor.fault=" + fault), ArmedProgram.in(folder).stream())
                .toList();
        kontor = KontorProcess.begin(
                        program,
                        data,
                        ENVIRONMENT,
                        "--spring.main.sources=dev.kontor.crash.CrashPoints,dev.kontor.crash.Faults",
                        "--kontor.dead-letters.retry-after=24h",
                        // A retried saga can still reserve on a slow machine.
                        "--kontor.orders.time-to-decide=1h")
                .untilReady();
        shop = new Shop(kontor);
        admin = shop.signedIn("admin@example.com", Shop.PASSWORD).client();
    }

    @AfterEach
    void close() {
        kontor.close();
    }

    private void tell(String line) {
        kontor.tell(line);
        eventually(SOON, "it is done", () -> kontor.output().contains("done: " + line));
    }

    /** The request may be answered before the process ends. */
    private void isKilledBy(Runnable request) {
        try {
            request.run();
        } catch (NoAnswer dead) {
            // The expected end.
        }
        assertThat(kontor.exitCode(SOON)).isEqualTo(KILLED);
    }

    private void auditFinds(long letters) {
        AuditTool.Verdict verdict = AuditTool.verdictOn(data);
        if (letters == 0) {
            assertThat(verdict.exitCode()).as(verdict.said()).isZero();
        } else {
            assertThat(verdict.said())
                    .contains(
                            "behind by %d dead letter%s, nothing is wrong".formatted(letters, letters == 1 ? "" : "s"));
        }
    }

    /** Of the one sequence that has some. */
    private long letters(String queue) {
        List<JsonNode> sequences =
                admin.get("/api/v1/admin/dead-letters/" + queue).hasStatus(200).items();
        assertThat(sequences).hasSizeLessThan(2);
        return sequences.stream()
                .mapToLong(letter -> letter.get("letters").asLong())
                .sum();
    }

    private void hasLetters(String queue, long letters) {
        eventually(SOON, letters + " letters in " + queue, () -> letters(queue), found -> found == letters);
    }

    private void viewsHaveReadAll() {
        eventually(
                SOON,
                "the views have read everything",
                () -> admin.get("/api/v1/admin/views").hasStatus(200).items(),
                views -> views.stream().allMatch(view -> view.get("lag").asLong() == 0));
    }

    private Answer retry(String queue) {
        return admin.post("/api/v1/admin/dead-letters/" + queue + "/retry");
    }

    private void reprice(Product product, long cents) {
        Answer answer = admin.sendJson(
                "PATCH",
                "/api/v1/catalog/products/" + product.id(),
                Map.of("price", Map.of("amount", cents, "currency", "EUR")));
        assertThat(answer.status()).as("202 where the view is behind").isIn(200, 202);
    }

    private long price(Product product) {
        return shop.look(product).hasStatus(200).number("/price/amount");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ".*LETTER_(IN_BATCH|IS_WRITTEN)")
    void a_letter_of_a_view_is_there_once_after_a_kill_while_it_is_written(CrashPoint point) throws IOException {
        start("");
        Product broken = shop.listedProduct(1);
        viewsHaveReadAll();
        tell("view " + broken.id());
        tell("arm " + point + " 1");

        isKilledBy(() -> reprice(broken, 2_000));
        auditFinds(point == CrashPoint.AFTER_LETTER_IS_WRITTEN ? 1 : 0);
        start("view " + broken.id());

        hasLetters(VIEW, 1);
        viewsHaveReadAll();
        assertThat(price(broken)).as("as it was").isEqualTo(broken.cents());
        auditFinds(1);
        tell("mend");
        assertThat(retry(VIEW).hasStatus(200).body()).isEqualTo("{\"tried\":1,\"handled\":1}");
        assertThat(price(broken)).isEqualTo(2_000);
        auditFinds(0);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ".*LETTER_IS_REMOVED")
    void an_event_that_a_view_handles_again_is_handled_once_after_a_kill(CrashPoint point) throws IOException {
        start("");
        Product broken = shop.listedProduct(1);
        tell("view " + broken.id());
        reprice(broken, 2_000);
        hasLetters(VIEW, 1);
        tell("mend");
        tell("arm " + point + " 1");

        isKilledBy(() -> retry(VIEW));
        long left = point == CrashPoint.BEFORE_LETTER_IS_REMOVED ? 1 : 0;
        auditFinds(left);
        start("");

        assertThat(letters(VIEW)).isEqualTo(left);
        assertThat(price(broken)).as("the document was written before").isEqualTo(2_000);
        assertThat(retry(VIEW).hasStatus(200).body()).isEqualTo("{\"tried\":%d,\"handled\":%d}".formatted(left, left));
        assertThat(price(broken)).isEqualTo(2_000);
        reprice(broken, 3_000);
        eventually(SOON, "the next event is handled", () -> price(broken) == 3_000);
        auditFinds(0);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ".*LETTER_(IN_BATCH|IS_WRITTEN)")
    void a_letter_of_the_saga_is_there_once_after_a_kill_while_it_is_written(CrashPoint point) throws IOException {
        start("");
        Product broken = shop.listedProduct(10);
        Customer buyer = shop.signedInCustomer();
        tell("saga " + broken.id());
        tell("arm " + point + " 1");

        isKilledBy(() -> buyer.ordersWithoutWaiting(broken.times(2)));
        auditFinds(point == CrashPoint.AFTER_LETTER_IS_WRITTEN ? 1 : 0);
        start("saga " + broken.id());

        String order = isRejectedWithTwoLetters(buyer.at(shop));
        auditFinds(2);
        tell("mend");
        assertThat(retry(SAGA).hasStatus(200).body()).isEqualTo("{\"tried\":1,\"handled\":1}");
        isOver(order, buyer.at(shop), broken);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ".*LETTER_IS_REMOVED")
    void an_event_that_the_saga_handles_again_is_handled_once_after_a_kill(CrashPoint point) throws IOException {
        start("");
        Product broken = shop.listedProduct(10);
        Customer buyer = shop.signedInCustomer();
        tell("saga " + broken.id());
        buyer.ordersWithoutWaiting(broken.times(2));
        String order = isRejectedWithTwoLetters(buyer);
        tell("mend");
        tell("arm " + point + " 1");

        isKilledBy(() -> retry(SAGA));
        long left = point == CrashPoint.BEFORE_LETTER_IS_REMOVED ? 2 : 0;
        auditFinds(left);
        start("");

        assertThat(letters(SAGA)).isEqualTo(left);
        retry(SAGA).hasStatus(200);
        isOver(order, buyer.at(shop), broken);
    }

    /** Its placement, and its rejection by the sweeper. */
    private String isRejectedWithTwoLetters(Customer buyer) {
        hasLetters(SAGA, 2);
        String order =
                admin.get("/api/v1/admin/dead-letters/" + SAGA).hasStatus(200).at("/items/0/sequence");
        eventually(SOON, "the order is rejected", () -> buyer.statusOf(order).equals("REJECTED"));
        return order;
    }

    /** The sweeper has released the stock before, so that the product takes no reservation of the retried saga. */
    private void isOver(String order, Customer buyer, Product product) {
        assertThat(letters(SAGA)).isZero();
        List<String> stock = eventually(
                SOON,
                "the stock is given back",
                () -> typesOf(product.id()),
                types -> types.contains("catalog.StockReleased"));
        assertThat(stock).containsExactly("catalog.ProductListed", "catalog.StockReleased");
        assertThat(typesOf(order))
                .containsExactly("order.OrderPlaced", "order.OrderRejected", "order.OrderStockReturned");
        assertThat(buyer.statusOf(order)).isEqualTo("REJECTED");
        eventually(SOON, "it is shown", () -> shop.stockOf(product).equals(new Product.Stock(10, 0)));
        auditFinds(0);
    }

    /** Of an aggregate's events, in their order. */
    private List<String> typesOf(String aggregate) {
        return admin.get("/api/v1/admin/events?first=OLDEST&aggregate=" + aggregate).hasStatus(200).items().stream()
                .map(event -> event.get("type").asString())
                .toList();
    }
}
