package dev.kontor.standalone.platform;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.NoAnswer;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Customers who order one thing after the other, and note the answers, until the shop is gone or they are stopped. */
final class Shoppers implements AutoCloseable {

    private static final int MANY = 4;
    private static final Duration SOON = Duration.ofSeconds(90);

    private final Shop shop;
    private final Product product;
    private final Customer buyer;
    private final Map<String, String> statuses = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopped;

    Shoppers(Shop shop) {
        this.shop = shop;
        this.product = shop.listedProduct(1_000_000);
        this.buyer = shop.signedInCustomer();
        for (int i = 0; i < MANY; i++) {
            threads.submit(this::shop);
        }
    }

    private void shop() {
        try {
            while (!stopped) {
                Answer answer = buyer.orders(product.times(1));
                if (answer.status() == 201) {
                    statuses.put(answer.at("/id"), answer.at("/status"));
                }
            }
        } catch (NoAnswer gone) {
            stopped = true;
        }
    }

    /** The answers until now, by order; waits until there are this many more. */
    Map<String, String> acknowledged(int more) {
        int enough = statuses.size() + more;
        eventually(SOON, "enough orders are acknowledged", statuses::size, size -> size >= enough);
        return new HashMap<>(statuses);
    }

    Customer buyer() {
        return buyer;
    }

    Product product() {
        return product;
    }

    /** Everything that was acknowledged is there, and the shop accepts orders. */
    static void assertGoesOn(Shop restored, Shoppers before, Map<String, String> acknowledged) {
        Customer buyer = before.buyer.at(restored);
        acknowledged.forEach((order, status) ->
                assertThat(buyer.statusOf(order)).as("order %s", order).isEqualTo(status));
        long reserved = restored.stockOf(before.product).reserved();
        String old = acknowledged.keySet().iterator().next();
        buyer.cancels(old).hasStatus(200);
        eventually(
                SOON,
                "the stock of the cancelled order is back",
                () -> restored.stockOf(before.product).reserved(),
                units -> units == reserved - 1);
        buyer.orders(before.product.times(2)).hasStatus(201);
        assertThat(restored.stockOf(before.product).reserved()).isEqualTo(reserved + 1);
        restored.signedInCustomer();
    }

    @Override
    public void close() {
        stopped = true;
        threads.close();
    }
}
