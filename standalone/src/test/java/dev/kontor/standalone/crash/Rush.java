package dev.kontor.standalone.crash;

import static dev.kontor.standalone.Eventually.eventually;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.NoAnswer;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Line;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Customers who do one thing after the other until they get no answer, and note the answers. Some wait for their
 * order's decision; some continue as soon as it is durable, when the least has happened to it.
 */
final class Rush {

    static final int BUYERS = 4;

    private static final int THREADS_EACH = 4;
    private static final long PLENTY = 1_000_000;
    private static final long SCARCE = 100;
    private static final Duration SOON = Duration.ofSeconds(90);

    private final Ledger ledger;

    /** @param ledger gets its products here */
    Rush(Ledger ledger, Shop shop) {
        this.ledger = ledger;
        for (long units : new long[] {PLENTY, PLENTY, SCARCE}) {
            ledger.listed(shop.listedProduct(units), units);
        }
    }

    /**
     * Runs all customers, and meanwhile does something that ends the process.
     *
     * @param orders how many more the ledger has before that
     */
    void at(Shop shop, int orders, Runnable end) {
        int enough = ledger.orders().size() + orders;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (Customer buyer : ledger.buyers()) {
                for (int i = 1; i < THREADS_EACH; i++) {
                    all.add(threads.submit(() -> untilNoAnswer(() -> order(buyer))));
                }
                all.add(threads.submit(() -> untilNoAnswer(() -> checkOut(buyer, shop))));
            }
            eventually(SOON, "enough orders are noted", () -> ledger.orders().size(), size -> size >= enough);
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

    private static void untilNoAnswer(Runnable act) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                act.run();
            }
        } catch (NoAnswer end) {
            // The expected end.
        }
    }

    private void order(Customer buyer) {
        Line one = any().times(units());
        Line other = any().times(units());
        switch (chance(3)) {
            case 0 -> ledger.note(buyer.ordersWithoutWaiting(one, other));
            case 1 -> orderWithKey(buyer, one, other);
            default -> afterwards(buyer, buyer.orders(one, other));
        }
    }

    private void orderWithKey(Customer buyer, Line... lines) {
        String key = UUID.randomUUID().toString();
        try {
            ledger.note(buyer.ordersWithKey(key, lines));
        } catch (NoAnswer end) {
            ledger.notAnswered(buyer, key, List.of(lines));
            throw end;
        }
    }

    /** The buyers cancel some, and the sellers ship some. */
    private void afterwards(Customer buyer, Answer placed) {
        String order = ledger.note(placed);
        if (placed.status() != 201) {
            return;
        }
        switch (chance(3)) {
            case 0 -> {
                ledger.asked(order, "CANCELLED");
                ledger.note(order, "CANCELLED", buyer.cancels(order));
            }
            case 1 -> {
                ledger.asked(order, "SHIPPED");
                ledger.note(order, "SHIPPED", ledger.admin().ships(order));
            }
            default -> {}
        }
    }

    private void checkOut(Customer buyer, Shop shop) {
        if (chance(50) == 0) {
            signUp(shop);
        }
        buyer.puts(units(), any());
        buyer.puts(units(), any());
        ledger.note(chance(2) == 0 ? buyer.checksOut() : buyer.checksOutWithoutWaiting());
    }

    private void signUp(Shop shop) {
        String email = "late-" + UUID.randomUUID() + "@example.com";
        Answer answer = shop.signUp(email);
        if (answer.status() == 201) {
            ledger.signedUp(email);
        }
    }

    private Product any() {
        List<Product> products = List.copyOf(ledger.stock().keySet());
        return products.get(chance(products.size()));
    }

    private static long units() {
        return 1 + chance(3);
    }

    private static int chance(int of) {
        return ThreadLocalRandom.current().nextInt(of);
    }
}
