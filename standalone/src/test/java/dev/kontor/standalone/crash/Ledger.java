package dev.kontor.standalone.crash;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Line;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The data of a shop's customers and the answers they got, to compare a killed shop with. For many threads. */
final class Ledger {

    static final String PLACED = "PLACED";

    /**
     * @param status what the customer was told last
     * @param asked the status that the customer asked for since and was not told of; null for none
     */
    record Told(String status, String asked) {

        boolean allows(String seen) {
            return status.equals(PLACED) || seen.equals(status) || seen.equals(asked);
        }
    }

    /** An order under a key without an answer: it may have succeeded or not. */
    record Unanswered(Customer buyer, String key, List<Line> lines) {}

    /** A customer who asks for erasure, and what they sell. */
    record Erasure(String customerId, String email, String productId) {}

    private volatile List<Customer> buyers;
    private volatile Customer admin;
    private final Map<Product, Long> stock = new ConcurrentHashMap<>();
    private final Map<String, Told> orders = new ConcurrentHashMap<>();
    private final Set<String> emails = ConcurrentHashMap.newKeySet();
    /** With whether it was acknowledged. */
    private final Map<Erasure, Boolean> erasures = new ConcurrentHashMap<>();
    /** The customers whose erasure is complete. */
    private final Set<String> gone = ConcurrentHashMap.newKeySet();

    private final Queue<Unanswered> unanswered = new ConcurrentLinkedQueue<>();

    Ledger(List<Customer> buyers, Customer admin) {
        this.buyers = List.copyOf(buyers);
        this.admin = admin;
    }

    /** All customers sign in again after a start. */
    void openAt(Shop shop) {
        buyers = buyers.stream()
                .map(buyer -> shop.signedIn(buyer.email(), Shop.PASSWORD))
                .toList();
        admin = shop.signedIn(admin.email(), Shop.PASSWORD);
    }

    List<Customer> buyers() {
        return buyers;
    }

    Customer admin() {
        return admin;
    }

    /** The listed products, with their first stock. */
    Map<Product, Long> stock() {
        return stock;
    }

    /** By order. */
    Map<String, Told> orders() {
        return orders;
    }

    Collection<String> emails() {
        return emails;
    }

    Optional<Unanswered> nextUnanswered() {
        return Optional.ofNullable(unanswered.poll());
    }

    Product listed(Product product, long units) {
        stock.put(product, units);
        return product;
    }

    void signedUp(String email) {
        emails.add(email);
    }

    void asked(Erasure erasure) {
        erasures.put(erasure, false);
    }

    void acknowledged(Erasure erasure) {
        erasures.put(erasure, true);
    }

    Map<Erasure, Boolean> erasures() {
        return erasures;
    }

    /** By customer. */
    Set<String> gone() {
        return gone;
    }

    void notAnswered(Customer buyer, String key, List<Line> lines) {
        unanswered.add(new Unanswered(buyer, key, lines));
    }

    /** The result of an order or a checkout; the order's id, empty if none was made. */
    String note(Answer answer) {
        switch (answer.status()) {
            case 201 -> told(answer.at("/id"), answer.at("/status"));
            case 202 -> orders.putIfAbsent(answer.at("/id"), new Told(PLACED, null));
            case 409 -> {
                if (answer.at("/orderId").isEmpty()) {
                    requireOneOf(answer, "cart-empty");
                    return "";
                }
                told(answer.at("/orderId"), answer.at("/type").endsWith(":order-cancelled") ? "CANCELLED" : "REJECTED");
                return answer.at("/orderId");
            }
            // A process that is stopping may answer so.
            case 503 -> {
                return "";
            }
            default -> throw new AssertionError("An order was answered with " + answer);
        }
        return answer.at("/id");
    }

    /** Called before the request. */
    void asked(String order, String status) {
        orders.computeIfPresent(order, (id, told) -> new Told(told.status(), status));
    }

    /** The result of the request. */
    void note(String order, String status, Answer answer) {
        switch (answer.status()) {
            case 200, 202 -> told(order, status);
            case 409 -> requireOneOf(answer, "order-status");
            case 503 -> {}
            default -> throw new AssertionError("%s to %s was answered with %s".formatted(order, status, answer));
        }
    }

    /** What a shop has shown counts as answered: it may not be lost. */
    void told(String order, String status) {
        orders.put(order, new Told(status, null));
    }

    private static void requireOneOf(Answer answer, String code) {
        if (!answer.at("/type").endsWith(":" + code)) {
            throw new AssertionError("Answered with " + answer);
        }
    }
}
