package dev.kontor.standalone.order;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.Shop;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Counts everything after a rush, as a shop that was started again shows it. */
final class Audit {

    private static final Duration SOON = Duration.ofSeconds(90);

    private final Rush rush;
    private final Shop shop;
    private final List<Customer> buyers;

    Audit(Rush rush, Shop shop) {
        this.rush = rush;
        this.shop = shop;
        this.buyers = rush.buyers().stream().map(buyer -> buyer.at(shop)).toList();
    }

    /** @throws AssertionError with the first thing that is not as it should be */
    void everythingAddsUp() {
        rush.acknowledged().forEach(this::isAsItWasTold);
        List<JsonNode> orders = eventually(
                SOON,
                "every order has reached an end",
                this::orders,
                all -> all.stream()
                        .noneMatch(order -> order.get("status").asString().equals("PLACED")));
        Map<String, Long> confirmed = confirmedUnits(orders);
        rush.initialStock().forEach((product, initial) -> {
            long reserved = confirmed.getOrDefault(product.id(), 0L);
            eventually(
                    SOON,
                    "of %d units %d are reserved and no more".formatted(initial, reserved),
                    () -> shop.stockOf(product),
                    new Stock(initial - reserved, reserved)::equals);
        });
    }

    /** The carts of all buyers can be checked out: none is left in the middle of it. */
    void noCheckoutIsStuck() {
        for (Customer buyer : buyers) {
            eventually(
                    SOON, "the cart can be checked out", () -> buyer.checksOut().status(), status -> status != 202);
        }
    }

    private void isAsItWasTold(String order, Rush.Told told) {
        Customer buyer = buyers.stream()
                .filter(one -> one.id().equals(told.customerId()))
                .findFirst()
                .orElseThrow();
        if (told.decided()) {
            assertThat(buyer.statusOf(order)).as("what became of " + order).isEqualTo(told.status());
        } else {
            eventually(
                    SOON,
                    "order " + order + " is there",
                    () -> buyer.order(order).status(),
                    status -> status == 200);
        }
    }

    private List<JsonNode> orders() {
        return buyers.stream().flatMap(buyer -> buyer.allOrders().stream()).toList();
    }

    private static Map<String, Long> confirmedUnits(List<JsonNode> orders) {
        Map<String, Long> units = new HashMap<>();
        orders.stream()
                .filter(order -> order.get("status").asString().equals("CONFIRMED"))
                .flatMap(order -> order.get("lines").valueStream())
                .forEach(line -> units.merge(
                        line.get("productId").asString(), line.get("quantity").asLong(), Long::sum));
        return units;
    }
}
