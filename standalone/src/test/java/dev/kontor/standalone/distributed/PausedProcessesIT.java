package dev.kontor.standalone.distributed;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two of each side, one of which is paused by the operating system for a while. */
@OnAxonServer
class PausedProcessesIT {

    private static final int READERS = 8;
    private static final int A_WHILE = 20;
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private static Processes processes;
    private static Shop shop;

    @BeforeAll
    static void start() {
        processes = Processes.start(Servers.find().orElseThrow(), 2);
        shop = new Shop(processes.rest());
    }

    @AfterAll
    static void end() {
        if (processes != null) {
            processes.close();
        }
    }

    private static void pauseForAWhile(KontorProcess process) {
        process.signal("STOP");
        try {
            long end = System.nanoTime() + PAUSE.toNanos();
            eventually(SOON, "the pause is over", () -> System.nanoTime() >= end);
        } finally {
            process.signal("CONT");
        }
    }

    /** A read of a paused instance ends with the deadline of ten seconds: two rounds of them would be 2 x READERS. */
    @Test
    void when_a_query_side_pauses_only_its_current_calls_are_late() {
        Customer customer = shop.signedInCustomer();
        List<ShopClient> readers = IntStream.range(0, READERS)
                .mapToObj(i ->
                        new ShopClient("reader " + i, () -> customer.client().get("/api/v1/cart")))
                .toList();
        try {
            eventually(SOON, "all are content", () -> readers.stream().allMatch(reader -> reader.isContent(A_WHILE)));
            int before = readers.stream().mapToInt(ShopClient::failures).sum();

            pauseForAWhile(processes.querySide(1));

            assertThat(readers.stream().mapToInt(ShopClient::failures).sum() - before)
                    .as(readers.toString())
                    .isLessThanOrEqualTo(READERS + 2);
            eventually(
                    SOON,
                    "all are content again",
                    () -> readers.stream().allMatch(reader -> reader.isContent(A_WHILE)));
        } finally {
            readers.forEach(ShopClient::close);
        }
    }

    @Test
    void when_a_command_side_pauses_nothing_is_lost_and_customers_can_order() {
        Customer customer = shop.signedInCustomer();
        Product product = shop.listedProduct(100_000);
        try (ShopClient buyer = new ShopClient("buyer", () -> customer.orders(product.times(1)))) {
            eventually(SOON, "the buyer is content", () -> buyer.isContent(A_WHILE));

            pauseForAWhile(processes.commandSide(1));

            eventually(SOON, "the buyer is content again", () -> buyer.isContent(A_WHILE));
            assertThat(buyer.statuses()).as(buyer.toString()).isSubsetOf(201, 202, 503, 504);
        }
        eventually(
                SOON,
                "every order is decided",
                () -> customer.allOrders(),
                orders -> orders.stream()
                        .noneMatch(order -> order.get("status").asString().equals("PLACED")));
        assertThat(AxonServerAudit.of(Servers.find().orElseThrow())).contains("CLEAN");
    }
}
