package dev.kontor.standalone.order;

import static dev.kontor.standalone.Eventually.eventually;

import dev.kontor.standalone.Answer;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.NoAnswer;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Customers who order one thing after the other until nobody answers any more, and note what they were told. */
final class Rush {

    private static final int BUYERS = 6;
    private static final int THREADS_EACH = 3;
    private static final long PLENTY = 1_000_000;
    private static final long SCARCE = 100;
    private static final Duration SOON = Duration.ofSeconds(90);

    /** What a customer was told of an order. */
    record Told(String customerId, String status) {

        boolean decided() {
            return !status.equals("PLACED");
        }
    }

    private final Map<Product, Long> initialStock = new LinkedHashMap<>();
    private final List<Customer> buyers;
    private final Map<String, Told> acknowledged = new ConcurrentHashMap<>();

    Rush(Shop shop) {
        initialStock.put(shop.listedProduct(PLENTY), PLENTY);
        initialStock.put(shop.listedProduct(PLENTY), PLENTY);
        initialStock.put(shop.listedProduct(SCARCE), SCARCE);
        buyers = Stream.generate(shop::signedInCustomer).limit(BUYERS).toList();
    }

    Map<Product, Long> initialStock() {
        return initialStock;
    }

    List<Customer> buyers() {
        return buyers;
    }

    /** By order. */
    Map<String, Told> acknowledged() {
        return acknowledged;
    }

    /**
     * Lets everybody order, and does something to the shop in the middle of it that ends it.
     *
     * @param acknowledgedBefore how many more orders are acknowledged before that
     */
    void at(Shop shop, int acknowledgedBefore, Runnable end) {
        int enough = acknowledged.size() + acknowledgedBefore;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (Customer buyer : buyers) {
                Customer here = buyer.at(shop);
                for (int i = 1; i < THREADS_EACH; i++) {
                    all.add(threads.submit(() -> untilNobodyAnswers(() -> order(here))));
                }
                all.add(threads.submit(() -> untilNobodyAnswers(() -> checkOut(here))));
            }
            eventually(SOON, "enough orders are acknowledged", acknowledged::size, size -> size >= enough);
            end.run();
            for (Future<?> one : all) {
                one.get(SOON.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("A customer did not end as they should", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void untilNobodyAnswers(Runnable act) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                act.run();
            }
        } catch (NoAnswer end) {
            // That is how it is meant to end.
        }
    }

    private void order(Customer buyer) {
        note(buyer, buyer.orders(any().times(units()), any().times(units())));
    }

    private void checkOut(Customer buyer) {
        buyer.puts(units(), any());
        buyer.puts(units(), any());
        note(buyer, units() == 1 ? buyer.checksOut() : buyer.checksOutWithoutWaiting());
    }

    private void note(Customer buyer, Answer answer) {
        switch (answer.status()) {
            case 201 -> acknowledged.put(answer.at("/id"), new Told(buyer.id(), answer.at("/status")));
            case 202 -> acknowledged.putIfAbsent(answer.at("/id"), new Told(buyer.id(), "PLACED"));
            case 409 -> noteRejected(buyer, answer);
            // Who goes down may say so.
            case 503 -> {}
            default -> throw new AssertionError("An order was answered with " + answer);
        }
    }

    private void noteRejected(Customer buyer, Answer answer) {
        if (!answer.at("/orderId").isEmpty()) {
            acknowledged.put(answer.at("/orderId"), new Told(buyer.id(), "REJECTED"));
        } else if (!answer.at("/type").endsWith(":cart-empty")) {
            throw new AssertionError("An order was answered with " + answer);
        }
    }

    private Product any() {
        List<Product> products = List.copyOf(initialStock.keySet());
        return products.get(ThreadLocalRandom.current().nextInt(products.size()));
    }

    private static long units() {
        return ThreadLocalRandom.current().nextLong(1, 4);
    }
}
