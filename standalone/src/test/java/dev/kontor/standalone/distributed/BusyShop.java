package dev.kontor.standalone.distributed;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.NoAnswer;
import dev.kontor.standalone.ParallelClients;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Customers who fill, check out and cancel carts, and newcomers who sign up, for as long as a test wants. It records
 * the answers. Afterwards it verifies that they were true, and that no customer has an unusable cart or account.
 */
final class BusyShop implements AutoCloseable {

    private static final Duration BETWEEN_ACTS = Duration.ofMillis(30);
    private static final Duration BETWEEN_SIGN_UPS = Duration.ofMillis(150);
    private static final int PRODUCTS = 3;
    private static final long STOCK = 1_000_000;

    /** Answers that a client may get while processes come and go, without those caused by the test. */
    private static final Set<Integer> EXPECTED = Set.of(200, 201, 202, 409, 503, 504, ShopClient.NO_ANSWER);

    private final Shop shop;
    private final List<Customer> customers = new ArrayList<>();
    private final List<Product> products = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    /** Acknowledged orders, by their customer. */
    private final Map<Customer, Set<String>> acknowledged = new ConcurrentHashMap<>();
    /** Every e-mail of a sign-up, and the answer. */
    private final Map<String, Integer> signUps = new ConcurrentHashMap<>();

    private final Map<String, Integer> told = new ConcurrentSkipListMap<>();
    private final ConcurrentLinkedQueue<String> strange = new ConcurrentLinkedQueue<>();
    private volatile boolean leaving;

    BusyShop(Shop shop, int customerCount, int newcomers) {
        this.shop = shop;
        for (int i = 0; i < PRODUCTS; i++) {
            products.add(shop.listedProduct(STOCK));
        }
        for (int i = 0; i < customerCount; i++) {
            Customer customer = shop.signedInCustomer();
            customers.add(customer);
            acknowledged.put(customer, ConcurrentHashMap.newKeySet());
        }
        customers.forEach(customer -> begin(() -> buyAndCancel(customer)));
        for (int i = 0; i < newcomers; i++) {
            begin(this::signUp);
        }
    }

    private void begin(Runnable act) {
        threads.add(Thread.ofVirtual().name("busy").start(() -> {
            while (!leaving) {
                act.run();
            }
        }));
    }

    private Answer attempt(String what, Supplier<Answer> act) {
        Answer answer = null;
        try {
            answer = act.get();
        } catch (NoAnswer broken) {
            // It may have arrived all the same.
        }
        int status = answer == null ? ShopClient.NO_ANSWER : answer.status();
        told.merge(what + " " + status, 1, Integer::sum);
        if (!EXPECTED.contains(status)) {
            strange.add(what + ": " + status + " " + answer.body());
        }
        LockSupport.parkNanos(BETWEEN_ACTS.toNanos());
        return answer;
    }

    private void buyAndCancel(Customer customer) {
        int turn = acknowledged.get(customer).size();
        attempt("put", () -> customer.puts(1 + turn % 3, products.get(turn % PRODUCTS)));
        Answer answer = attempt("check out", () -> customer.client().post("/api/v1/cart/checkout", "Prefer", "wait=2"));
        if (answer != null && (answer.status() == 201 || answer.status() == 202)) {
            String order = answer.at("/id");
            acknowledged.get(customer).add(order);
            if (turn % 4 == 3) {
                attempt("cancel", () -> customer.cancels(order));
            }
        }
    }

    private void signUp() {
        String email = "newcomer-" + UUID.randomUUID() + "@example.com";
        signUps.put(email, ShopClient.NO_ANSWER);
        Answer answer = attempt("sign up", () -> shop.signUp(email));
        if (answer != null) {
            signUps.put(email, answer.status());
        }
        LockSupport.parkNanos(BETWEEN_SIGN_UPS.toNanos());
    }

    /** No client begins anything more. */
    @Override
    public void close() {
        leaving = true;
        threads.forEach(thread -> {
            try {
                thread.join(Duration.ofMinutes(2));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** What the clients were told so far. */
    Set<Integer> statuses() {
        return told.keySet().stream()
                .map(said -> Integer.parseInt(said.substring(said.lastIndexOf(' ') + 1)))
                .collect(Collectors.toSet());
    }

    /** The number of acknowledged orders and accounts. */
    int acknowledged() {
        return acknowledged.values().stream().mapToInt(Set::size).sum();
    }

    /** Waits until this many further orders are acknowledged. */
    void goOn(int orders, Duration within) {
        int until = acknowledged() + orders;
        eventually(within, orders + " more checkouts", () -> acknowledged() >= until);
    }

    @Override
    public String toString() {
        return "%d orders acknowledged, %d sign-ups tried, told: %s".formatted(acknowledged(), signUps.size(), told);
    }

    /** Call once all clients have stopped, and all processes are ready. */
    void everyAnswerWasTrue(Duration within) {
        assertThat(strange).as("what no client is to be told").isEmpty();
        List<Callable<Void>> looks = new ArrayList<>();
        customers.forEach(before -> looks.add(() -> {
            Customer customer = signedIn(before.email(), within);
            everyOrderIsThereAndDecided(customer, acknowledged.get(before), within);
            theCartCanBeCheckedOut(customer, within);
            return null;
        }));
        signUps.forEach((email, status) -> looks.add(() -> {
            if (status != 201) {
                eventually(
                        within,
                        email + " is open, or can be",
                        () -> shop.signUp(email),
                        again -> again.status() == 201 || again.status() == 409);
            }
            signedIn(email, within);
            return null;
        }));
        ParallelClients.share(8, looks, within.multipliedBy(4));
    }

    private Customer signedIn(String email, Duration within) {
        eventually(
                within,
                email + " can sign in",
                () -> shop.signIn(email, Shop.PASSWORD),
                answer -> answer.status() == 200);
        return shop.signedIn(email, Shop.PASSWORD);
    }

    private static void everyOrderIsThereAndDecided(Customer customer, Set<String> orders, Duration within) {
        orders.forEach(order -> eventually(
                within,
                "order " + order + " is decided",
                () -> customer.order(order),
                answer -> answer.status() == 200 && !answer.at("/status").equals("PLACED")));
    }

    private void theCartCanBeCheckedOut(Customer customer, Duration within) {
        eventually(
                within,
                "something new is in the cart of " + customer.id(),
                () -> customer.puts(7, products.getFirst()),
                answer -> answer.status() == 200);
        // The first may still be of an earlier checkout, and under load a decision takes longer than a call waits.
        Set<String> answers = ConcurrentHashMap.newKeySet();
        Set<String> orders = ConcurrentHashMap.newKeySet();
        eventually(
                within,
                "the cart of " + customer.id() + " is checked out, and is empty then",
                () -> {
                    Answer answer = customer.client().post("/api/v1/cart/checkout", "Prefer", "wait=5");
                    answers.add(answer.status() + " " + answer.at("/id") + answer.at("/type"));
                    if (answer.status() == 201 || answer.status() == 202) {
                        orders.add(answer.at("/id"));
                    }
                    return answers.toString();
                },
                all -> orders.stream()
                                .anyMatch(order ->
                                        customer.order(order).at("/status").equals("CONFIRMED"))
                        && customer.cart().isEmpty());
    }
}
