package dev.kontor.standalone.distributed;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of two query sides is paused: its connections stay, and it sends no answers. */
class PausedSideIT {

    private static final int READERS = 8;
    private static final int A_WHILE = 20;
    private static final Duration SOON = Duration.ofSeconds(90);
    /** Longer than the keepalive of a connection. */
    private static final Duration PAUSE = Duration.ofSeconds(15);

    @TempDir
    private static Path folder;

    @Test
    void only_current_calls_of_the_paused_side_are_late_and_customers_can_order() {
        try (DistributedKontor kontor = DistributedKontor.startWithTwoQuerySides(folder)) {
            Shop shop = new Shop(kontor.rest());
            Customer customer = shop.signedInCustomer();
            Product product = shop.listedProduct(100_000);
            List<ShopClient> readers = IntStream.range(0, READERS)
                    .mapToObj(i -> new ShopClient(
                            "reader " + i, () -> customer.client().get("/api/v1/cart")))
                    .toList();
            try (ShopClient buyer = new ShopClient("buyer", () -> customer.ordersWithoutWaiting(product.times(1)))) {
                eventually(
                        SOON,
                        "all are content",
                        () -> readers.stream().allMatch(reader -> reader.isContent(A_WHILE))
                                && buyer.isContent(A_WHILE));
                int before = readers.stream().mapToInt(ShopClient::failures).sum();

                kontor.toSecondQuerySide.freeze();
                long end = System.nanoTime() + PAUSE.toNanos();
                eventually(SOON, "the pause is over", () -> System.nanoTime() >= end);

                assertThat(readers.stream().mapToInt(ShopClient::failures).sum() - before)
                        .as(readers.toString())
                        .isLessThanOrEqualTo(2 * READERS);
                assertThat(readers).allMatch(reader -> reader.isContent(A_WHILE));
                assertThat(buyer.statuses()).as(buyer.toString()).isSubsetOf(202, 503, 504);

                kontor.toSecondQuerySide.restore();
                eventually(SOON, "the buyer is content", () -> buyer.isContent(A_WHILE));
            } finally {
                readers.forEach(ShopClient::close);
            }
        }
    }
}
