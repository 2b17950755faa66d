package dev.kontor.standalone.distributed;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.distributed.DistributedKontor.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The processes are stopped and started in every order, while clients continue. */
class EveryOrderIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int A_WHILE = 10;

    @TempDir
    static Path folder;

    private static DistributedKontor kontor;
    private static Customer customer;
    private static Product product;

    @BeforeAll
    static void open() {
        kontor = DistributedKontor.start(folder);
        Shop shop = new Shop(kontor.rest());
        customer = shop.signedInCustomer();
        product = shop.listedProduct(100_000);
    }

    @AfterAll
    static void close() {
        kontor.close();
    }

    static List<List<Part>> orders() {
        List<List<Part>> orders = new ArrayList<>();
        for (Part first : Part.values()) {
            for (Part second : Part.values()) {
                for (Part third : Part.values()) {
                    if (first != second && second != third && first != third) {
                        orders.add(List.of(first, second, third));
                    }
                }
            }
        }
        return orders;
    }

    @Test
    void a_further_command_side_with_another_currency_reports_it_and_ends_and_no_client_notices() {
        assertThatThrownBy(() -> kontor.anotherCommandSide("--kontor.currency=USD"))
                .hasStackTraceContaining("The shop in this log trades in EUR, and kontor.currency says USD");

        kontor.anotherCommandSide("--kontor.currency=EUR");
        customer.orders(product.times(1)).hasStatus(201);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void while_processes_stop_and_start_the_gateway_never_answers_500(List<Part> order) {
        try (ShopClient reader =
                        new ShopClient("reader", () -> customer.client().get("/api/v1/cart"));
                ShopClient buyer = new ShopClient("buyer", () -> customer.orders(product.times(1)))) {
            eventually(SOON, "both are content", () -> reader.isContent(A_WHILE) && buyer.isContent(A_WHILE));
            order.forEach(kontor::stop);
            order.forEach(kontor::start);
            long started = System.nanoTime();
            eventually(SOON, "both are content again", () -> reader.isContent(A_WHILE) && buyer.isContent(A_WHILE));

            System.err.printf(
                    "%s: after the last start the reader waited %d ms, the buyer %d ms%n  %s%n  %s%n",
                    order,
                    reader.firstGoodAfter(started).toMillis(),
                    buyer.firstGoodAfter(started).toMillis(),
                    reader,
                    buyer);
            assertThat(reader.statuses()).as(reader::toString).isSubsetOf(200, 503, 504, ShopClient.NO_ANSWER);
            assertThat(buyer.statuses()).as(buyer::toString).isSubsetOf(201, 202, 503, 504, ShopClient.NO_ANSWER);
        }
    }
}
