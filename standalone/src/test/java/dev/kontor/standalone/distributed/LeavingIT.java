package dev.kontor.standalone.distributed;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two of each side, of which one stops on request: no client notices. */
@OnAxonServer
class LeavingIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int A_WHILE = 30;

    private static Processes processes;
    private static Customer customer;
    private static Product product;

    @BeforeAll
    static void start() {
        processes = Processes.start(Servers.find().orElseThrow(), 2);
        Shop shop = new Shop(processes.rest());
        customer = shop.signedInCustomer();
        product = shop.listedProduct(100_000);
    }

    @AfterAll
    static void end() {
        if (processes != null) {
            processes.close();
        }
    }

    private static void leavesUnnoticed(KontorProcess leaving) {
        try (ShopClient reader =
                        new ShopClient("reader", () -> customer.client().get("/api/v1/cart"));
                ShopClient buyer = new ShopClient("buyer", () -> customer.orders(product.times(1)));
                ShopClient other = new ShopClient("other buyer", () -> customer.orders(product.times(1)))) {
            eventually(SOON, "all are content", () -> reader.isContent(A_WHILE) && buyer.isContent(A_WHILE));
            leaving.stop();
            leaving.exitCode(SOON);
            int visits = buyer.visits();
            eventually(SOON, "they go on", () -> buyer.visits() > visits + A_WHILE);

            assertThat(reader.statuses()).as(reader.toString()).containsExactly(200);
            assertThat(buyer.statuses()).as(buyer.toString()).isSubsetOf(201, 202);
            assertThat(other.statuses()).as(other.toString()).isSubsetOf(201, 202);
        }
    }

    @Test
    void a_command_side_that_leaves_fails_no_call() {
        leavesUnnoticed(processes.commandSide(1));
    }

    @Test
    void a_query_side_that_leaves_fails_no_call() {
        leavesUnnoticed(processes.querySide(1));
    }
}
