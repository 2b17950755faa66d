package dev.kontor.standalone.distributed;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.NoAnswer;
import dev.kontor.standalone.ParallelClients;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two of each side, one of which is killed under load. */
@OnAxonServer
class KilledProcessesIT {

    private static final int ORDERS = 1_000;
    private static final int CLIENTS = 12;
    private static final int PRODUCTS = 5;
    private static final int STOCK_OF_EACH = 100;
    private static final Duration IN_THE_END = Duration.ofMinutes(3);

    private static Processes processes;
    private static Shop shop;

    private final Set<Integer> seen = new ConcurrentSkipListSet<>();

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

    /** An order under its key, sent until an answer states its decision. */
    private record Sent(String key, Answer answer) {}

    private Sent order(Customer customer, Product product) {
        String key = UUID.randomUUID().toString();
        long end = System.nanoTime() + IN_THE_END.toNanos();
        while (System.nanoTime() < end) {
            try {
                Answer answer = customer.ordersWithKey(key, product.times(1));
                seen.add(answer.status());
                if (answer.status() == 201 || answer.status() == 409) {
                    return new Sent(key, answer);
                }
            } catch (NoAnswer broken) {
                seen.add(ShopClient.NO_ANSWER);
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new AssertionError("An order was not decided within " + IN_THE_END);
    }

    @Test
    void a_thousand_orders_are_decided_once_each_while_processes_are_killed() {
        Customer customer = shop.signedInCustomer();
        List<Product> products = new ArrayList<>();
        for (int i = 0; i < PRODUCTS; i++) {
            products.add(shop.listedProduct(STOCK_OF_EACH));
        }
        AtomicInteger done = new AtomicInteger();
        List<Callable<Sent>> acts = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            Product product = products.get(i % PRODUCTS);
            acts.add(() -> {
                Sent sent = order(customer, product);
                switch (done.incrementAndGet()) {
                    case ORDERS / 4 -> processes.commandSide(1).kill();
                    case ORDERS / 2 -> processes.querySide(1).kill();
                    default -> {}
                }
                return sent;
            });
        }

        List<Sent> answers = ParallelClients.share(CLIENTS, acts, Duration.ofMinutes(10));

        assertThat(seen).as("what the gateway said").isSubsetOf(201, 202, 409, 503, 504);
        Map<Integer, Integer> count = new HashMap<>();
        answers.forEach(sent -> count.merge(sent.answer().status(), 1, Integer::sum));
        assertThat(count).containsOnly(Map.entry(201, 500), Map.entry(409, 500));
        Set<String> ids = new HashSet<>();
        answers.forEach(sent -> ids.add(
                sent.answer().status() == 201
                        ? sent.answer().at("/id")
                        : sent.answer().at("/orderId")));
        assertThat(ids).as("one order a key").hasSize(ORDERS);
        for (Product product : products) {
            eventually(
                    IN_THE_END,
                    "the stock of " + product.title(),
                    () -> shop.stockOf(product),
                    stock -> stock.equals(new Stock(0, STOCK_OF_EACH)));
        }
        assertThat(customer.allOrders()).hasSize(ORDERS);
        assertThat(AxonServerAudit.of(Servers.find().orElseThrow())).contains("CLEAN");

        rebuildEveryView();
        assertThat(AxonServerAudit.of(Servers.find().orElseThrow())).contains("CLEAN");
    }

    /** By replay from Axon Server, on the remaining instances. */
    private static void rebuildEveryView() {
        Client admin = shop.admin().client();
        List<String> views = admin.get("/api/v1/admin/views").hasStatus(200).items().stream()
                .map(view -> view.get("name").asString())
                .toList();
        assertThat(views).hasSize(6);
        views.forEach(
                view -> admin.post("/api/v1/admin/views/" + view + "/rebuild").hasStatus(202));
        eventually(
                IN_THE_END,
                "all views are rebuilt",
                () -> admin.get("/api/v1/admin/views").items(),
                all -> all.stream()
                        .allMatch(view -> view.at("/rebuild/state").asString().equals("DONE")
                                && view.get("lag").asLong() == 0));
    }
}
