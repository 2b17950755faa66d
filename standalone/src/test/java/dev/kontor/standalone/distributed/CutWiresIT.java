package dev.kontor.standalone.distributed;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answers of a gateway whose connections are cut, frozen or slow. */
class CutWiresIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static DistributedKontor kontor;
    private static Shop shop;
    private static Customer customer;
    private static Product product;

    @BeforeAll
    static void open() {
        kontor = DistributedKontor.start(folder);
        shop = new Shop(kontor.rest());
        customer = shop.signedInCustomer();
        product = shop.listedProduct(100_000);
    }

    @AfterAll
    static void close() {
        kontor.close();
    }

    @AfterEach
    void mend() {
        kontor.toCommandSide.restore();
        kontor.toQuerySide.restore();
        kontor.toMongo.restore();
        eventually(SOON, "all is well again", () -> customer.orders(product.times(1)), order -> order.status() == 201);
    }

    private static Answer read() {
        return customer.client().get("/api/v1/cart");
    }

    private static Answer write() {
        return customer.puts(1, product);
    }

    @Test
    void without_the_command_side_reads_work_and_writes_are_refused_at_once() {
        kontor.toCommandSide.cut();

        Answer refused = eventually(SOON, "a write is refused", CutWiresIT::write, answer -> answer.status() == 503);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.at("/type")).isEqualTo("urn:kontor:problem:unavailable");

        // Longer than a side may be without reading the log.
        long end = System.nanoTime() + Duration.ofSeconds(7).toNanos();
        try (ShopClient reader = new ShopClient("reader", CutWiresIT::read)) {
            eventually(SOON, "seven seconds are over", () -> System.nanoTime() > end);
            assertThat(reader.statuses()).containsExactly(200);
        }
        kontor.toCommandSide.restore();
        eventually(SOON, "writes succeed again", () -> write().status() == 200);
    }

    @Test
    void a_sign_out_is_answered_when_both_sides_refuse_its_tokens() {
        for (int i = 0; i < 5; i++) {
            Customer leaving = shop.signedInCustomer();
            leaving.client().get("/api/v1/cart").hasStatus(200);
            leaving.puts(1, product).hasStatus(200);

            leaving.client().post("/api/v1/auth/signout").hasStatus(204);

            assertThat(leaving.client().get("/api/v1/cart").status()).isEqualTo(401);
            assertThat(leaving.puts(1, product).status()).isEqualTo(401);
        }
    }

    @Test
    void a_side_that_was_away_during_a_sign_out_refuses_its_tokens_when_it_is_back() {
        Customer leaving = shop.signedInCustomer();
        leaving.client().get("/api/v1/cart").hasStatus(200);
        kontor.toQuerySide.cut();
        eventually(SOON, "a read is refused", () -> read().status() == 503);

        leaving.client().post("/api/v1/auth/signout").hasStatus(204);
        assertThat(leaving.puts(1, product).status()).isEqualTo(401);

        kontor.toQuerySide.restore();
        Answer back = eventually(
                SOON,
                "the query side answers",
                () -> leaving.client().get("/api/v1/cart"),
                answer -> answer.status() != 503 && answer.status() != 504);
        assertThat(back.status()).isEqualTo(401);
    }

    @Test
    void without_the_query_side_writes_are_taken_and_reads_are_refused() {
        kontor.toQuerySide.cut();

        eventually(SOON, "a read is refused", () -> read().status() == 503);
        Answer taken = customer.ordersWithoutWaiting(product.times(1));
        assertThat(taken.status()).isEqualTo(202);

        kontor.toQuerySide.restore();
        eventually(
                SOON,
                "the order is shown",
                () -> customer.order(taken.at("/id")),
                order -> order.status() == 200 && order.at("/status").equals("CONFIRMED"));
    }

    @Test
    void calls_to_a_silent_side_time_out_and_are_never_answered_500() {
        kontor.toCommandSide.freeze();
        long begin = System.nanoTime();

        Answer answer = write();

        assertThat(answer.status()).isIn(503, 504);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(25));
        assertThat(read().status()).isEqualTo(200);
    }

    @Test
    void slow_connections_only_take_longer() {
        kontor.toCommandSide.delay(Duration.ofMillis(100));
        kontor.toQuerySide.delay(Duration.ofMillis(100));
        try {
            assertThat(customer.orders(product.times(1)).status()).isEqualTo(201);
        } finally {
            kontor.toCommandSide.delay(Duration.ZERO);
            kontor.toQuerySide.delay(Duration.ZERO);
        }
    }

    @Test
    void without_mongodb_nothing_is_lost_and_no_client_sees_an_internal_error() {
        try (ShopClient reader = new ShopClient("reader", CutWiresIT::read);
                ShopClient buyer = new ShopClient("buyer", () -> customer.ordersWithoutWaiting(product.times(1)))) {
            kontor.toMongo.cut();
            eventually(
                    SOON,
                    "reads are refused",
                    () -> reader.statuses().contains(503) || reader.statuses().contains(504));
            kontor.toMongo.restore();
            eventually(SOON, "both are content again", () -> reader.isContent(20) && buyer.isContent(20));

            assertThat(reader.statuses()).isSubsetOf(200, 503, 504);
            assertThat(buyer.statuses()).isSubsetOf(202, 503, 504);
        }
        eventually(
                Duration.ofSeconds(90),
                "every order is decided",
                () -> customer.allOrders(),
                orders -> orders.stream()
                        .noneMatch(order -> order.get("status").asString().equals("PLACED")));
    }
}
