package dev.kontor.standalone.distributed;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.distributed.House.Part;
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

/** The processes are stopped and started in every order, while clients go on. */
class EveryOrderIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int A_WHILE = 10;

    @TempDir
    static Path folder;

    private static House house;
    private static Customer customer;
    private static Product product;

    @BeforeAll
    static void open() {
        house = House.start(folder);
        Shop shop = new Shop(house.rest());
        customer = shop.signedInCustomer();
        product = shop.listedProduct(100_000);
    }

    @AfterAll
    static void close() {
        house.close();
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
    void a_further_command_side_with_another_currency_says_so_and_ends_and_nobody_notices() {
        assertThatThrownBy(() -> house.anotherCommandSide("--kontor.currency=USD"))
                .hasStackTraceContaining("The shop in this log trades in EUR, and kontor.currency says USD");

        house.anotherCommandSide("--kontor.currency=EUR");
        customer.orders(product.times(1)).hasStatus(201);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void whoever_goes_and_comes_when_the_gateway_never_says_500(List<Part> order) {
        try (Visitor reader = new Visitor("reader", () -> customer.client().get("/api/v1/cart"));
                Visitor buyer = new Visitor("buyer", () -> customer.orders(product.times(1)))) {
            eventually(SOON, "both are content", () -> reader.isContent(A_WHILE) && buyer.isContent(A_WHILE));
            order.forEach(house::stop);
            order.forEach(house::start);
            long started = System.nanoTime();
            eventually(SOON, "both are content again", () -> reader.isContent(A_WHILE) && buyer.isContent(A_WHILE));

            System.err.printf(
                    "%s: after the last start the reader waited %d ms, the buyer %d ms%n  %s%n  %s%n",
                    order,
                    reader.firstGoodAfter(started).toMillis(),
                    buyer.firstGoodAfter(started).toMillis(),
                    reader,
                    buyer);
            assertThat(reader.statuses()).isSubsetOf(200, 503, 504, Visitor.NO_ANSWER);
            assertThat(buyer.statuses()).isSubsetOf(201, 202, 503, 504, Visitor.NO_ANSWER);
        }
    }
}
