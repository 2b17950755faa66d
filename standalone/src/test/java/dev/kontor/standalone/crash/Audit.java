package dev.kontor.standalone.crash;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Product.Line;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.crash.Ledger.Unanswered;
import dev.kontor.testsupport.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Compares a restarted shop with the ledger of the answers to its customers. */
final class Audit {

    private static final Duration SOON = Duration.ofSeconds(90);

    private final Ledger ledger;
    private final Shop shop;

    /** The stock of a product that its orders, all decided, hold. */
    private record Held(long reserved, long shipped) {

        static final Held NOTHING = new Held(0, 0);

        Held plus(Held more) {
            return new Held(reserved + more.reserved, shipped + more.shipped);
        }
    }

    private Audit(Ledger ledger, Shop shop) {
        this.ledger = ledger;
        this.shop = shop;
    }

    /**
     * Every answer was true, every order is decided, and the stock of every product matches its orders. What is seen
     * here counts as answered from now on.
     *
     * @throws AssertionError with the first difference
     */
    static void of(Ledger ledger, Shop shop) {
        ledger.openAt(shop);
        Audit audit = new Audit(ledger, shop);
        audit.accountsAreThere();
        audit.whoIsErasedIsGone();
        audit.oneKeyIsOneOrder();
        audit.noCheckoutIsStuck();
        audit.ordersAndStockAddUp();
    }

    private void accountsAreThere() {
        ledger.emails().forEach(email -> shop.signIn(email, Shop.PASSWORD).hasStatus(200));
        ledger.emails().clear();
    }

    /** One without an answer has happened completely, after a moment, or not at all. */
    private void whoIsErasedIsGone() {
        ledger.erasures().forEach((erasure, acknowledged) -> {
            Answer account = ledger.admin().client().get("/api/v1/customers/" + erasure.customerId());
            if (!acknowledged && account.status() == 200) {
                shop.signIn(erasure.email(), Shop.PASSWORD).hasStatus(200);
                return;
            }
            account.isProblem(404, "customer-not-found");
            shop.signIn(erasure.email(), Shop.PASSWORD).isProblem(401, "bad-credentials");
            eventually(
                    SOON,
                    "what %s sold is delisted".formatted(erasure.customerId()),
                    () -> shop.anonymous().get("/api/v1/catalog/products/" + erasure.productId()),
                    product -> !product.json().at("/listed").asBoolean(true));
            ledger.gone().add(erasure.customerId());
        });
        ledger.erasures().clear();
    }

    /** Whether it had succeeded or not: sent twice more it is one order with one answer. */
    private void oneKeyIsOneOrder() {
        Optional<Unanswered> next = ledger.nextUnanswered();
        while (next.isPresent()) {
            Unanswered order = next.get();
            Customer buyer = ledger.buyers().stream()
                    .filter(one -> one.email().equals(order.buyer().email()))
                    .findFirst()
                    .orElseThrow();
            Line[] lines = order.lines().toArray(Line[]::new);
            Answer first = decided(() -> buyer.ordersWithKey(order.key(), lines));
            Answer second = decided(() -> buyer.ordersWithKey(order.key(), lines));
            assertThat(ledger.note(second)).isNotEmpty().isEqualTo(ledger.note(first));
            assertThat(second.status()).as(second.body()).isEqualTo(first.status());
            next = ledger.nextUnanswered();
        }
    }

    private static Answer decided(Supplier<Answer> asking) {
        return eventually(SOON, "the order is decided", asking, answer -> answer.status() != 202);
    }

    /** The carts of all buyers can be checked out: none is in the middle of a checkout. */
    private void noCheckoutIsStuck() {
        for (Customer buyer : ledger.buyers()) {
            ledger.note(decided(buyer::checksOut));
        }
    }

    private void ordersAndStockAddUp() {
        Map<String, JsonNode> orders =
                eventually(SOON, "every order is there and decided", this::orders, this::allDecided);
        ledger.orders().forEach((order, told) -> {
            String seen = status(orders.get(order));
            assertThat(told.allows(seen))
                    .as("order %s: %s, and shows %s", order, told, seen)
                    .isTrue();
        });
        orders.forEach((id, order) -> ledger.told(id, status(order)));
        Map<String, Held> held = held(orders);
        ledger.stock().forEach((product, listed) -> {
            Held ofIt = held.getOrDefault(product.id(), Held.NOTHING);
            eventually(
                    SOON,
                    "of %d units of %s its orders hold %s".formatted(listed, product, ofIt),
                    () -> shop.stockOf(product),
                    new Stock(listed - ofIt.reserved() - ofIt.shipped(), ofIt.reserved())::equals);
        });
    }

    private Map<String, JsonNode> orders() {
        Map<String, JsonNode> orders = new HashMap<>();
        for (Customer buyer : ledger.buyers()) {
            for (JsonNode order : buyer.allOrders()) {
                assertThat(orders.put(order.get("id").asString(), order))
                        .as("listed twice")
                        .isNull();
            }
        }
        return orders;
    }

    private boolean allDecided(Map<String, JsonNode> orders) {
        return orders.keySet().containsAll(ledger.orders().keySet())
                && orders.values().stream().noneMatch(order -> status(order).equals(Ledger.PLACED));
    }

    private static String status(JsonNode order) {
        return order.get("status").asString();
    }

    private static Map<String, Held> held(Map<String, JsonNode> orders) {
        Map<String, Held> held = new HashMap<>();
        orders.values()
                .forEach(order -> lines(order).forEach(line -> {
                    long units = line.get("quantity").asLong();
                    Held more = switch (status(order)) {
                        case "CONFIRMED" -> new Held(units, 0);
                        case "SHIPPED" -> new Held(0, units);
                        default -> Held.NOTHING;
                    };
                    held.merge(line.get("productId").asString(), more, Held::plus);
                }));
        return held;
    }

    private static Stream<JsonNode> lines(JsonNode order) {
        return order.get("lines").valueStream();
    }
}
