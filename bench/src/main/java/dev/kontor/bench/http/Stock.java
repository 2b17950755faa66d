package dev.kontor.bench.http;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hc.core5.http.Method;

/**
 * The customers and the products of a measurement, made through the shop's own calls.
 *
 * @param products ids
 */
record Stock(List<Customer> customers, List<String> products) {

    private static final int UNITS = 1_000_000_000;
    private static final int AT_A_TIME = 4;
    private static final List<String> COLOURS = List.of(
            "amber", "azure", "beige", "black", "bronze", "brown", "coral", "cream", "crimson", "cyan", "gold", "green",
            "indigo", "ivory", "lilac", "maroon", "olive", "scarlet", "silver", "violet");

    static Stock create(URI address, int customers, int count) throws IOException, InterruptedException {
        String run = UUID.randomUUID().toString();
        List<Customer> signedUp = parallel(
                customers,
                number -> withClient(
                        address, http -> Customer.signUp(http, "bench-%s-%d@example.com".formatted(run, number))));
        Customer seller = signedUp.getFirst();
        List<List<String>> products =
                parallel(AT_A_TIME, worker -> withClient(address, http -> list(http, seller, worker, count)));
        return new Stock(signedUp, products.stream().flatMap(List::stream).toList());
    }

    /** Every fourth product, on one connection. */
    private static List<String> list(ShopClient http, Customer seller, int first, int count) throws IOException {
        List<String> products = new ArrayList<>();
        for (int number = first; number < count; number += AT_A_TIME) {
            products.add(list(http, seller, number));
        }
        return products;
    }

    private static String list(ShopClient http, Customer seller, int number) throws IOException {
        String body = "{\"title\":\"Pen %d %s\",\"description\":\"%s\",\"category\":\"Pens\","
                        .formatted(number, COLOURS.get(number % COLOURS.size()), "It writes on paper. ".repeat(5))
                + "\"price\":{\"amount\":%d,\"currency\":\"EUR\"},\"stock\":%d}".formatted(1_000 + number, UNITS);
        return Json.of(http.send(Method.POST, "/api/v1/catalog/products", seller.authorization(), body), 201)
                .required("id")
                .asString();
    }

    String anyProduct() {
        return products.get(ThreadLocalRandom.current().nextInt(products.size()));
    }

    String anyWord() {
        return COLOURS.get(ThreadLocalRandom.current().nextInt(COLOURS.size()));
    }

    private interface Call<T> {
        T with(ShopClient http) throws IOException;
    }

    private interface Numbered<T> {
        T make(int number) throws IOException;
    }

    private static <T> T withClient(URI address, Call<T> call) throws IOException {
        try (ShopClient http = new ShopClient(address)) {
            return call.with(http);
        }
    }

    private static <T> List<T> parallel(int times, Numbered<T> task) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                tasks.add(() -> task.make(number));
            }
            List<T> made = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                made.add(future.get());
            }
            return made;
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "The shop could not be prepared: " + e.getCause().getMessage(), e);
        }
    }
}
