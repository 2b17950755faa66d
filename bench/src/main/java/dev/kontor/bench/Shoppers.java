package dev.kontor.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients of the demo shop that read and buy at a fixed rate. The time of a call counts from when it was due, so that
 * delayed calls are not hidden.
 */
final class Shoppers {

    private static final long BETWEEN_CALLS = Duration.ofMillis(25).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");
    private static final Pattern FIRST_ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    /** The results of calls. */
    static final class Calls {

        private final List<Long> nanos = new ArrayList<>();
        private final Map<String, Integer> failures = new TreeMap<>();

        synchronized void note(long taken, String failure) {
            nanos.add(taken);
            if (failure != null) {
                failures.merge(failure, 1, Integer::sum);
            }
        }

        synchronized void add(Calls others) {
            nanos.addAll(others.nanos);
            others.failures.forEach((what, count) -> failures.merge(what, count, Integer::sum));
        }

        int count() {
            return nanos.size();
        }

        Map<String, Integer> failures() {
            return failures;
        }

        double successPercent() {
            int failed = failures.values().stream().mapToInt(Integer::intValue).sum();
            return 100.0 * (nanos.size() - failed) / nanos.size();
        }

        double percentileMillis(int percent) {
            long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
            return new Result(sorted, 0).percentileMillis(percent);
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final URI address;
    private final String product;
    private volatile String token;

    Shoppers(URI address) {
        this.address = address;
        this.product = find(
                FIRST_ID,
                send(request("/api/v1/catalog/products?search=pen&pageSize=1")).body());
        restock();
        signInAgain();
    }

    /** An access token expires after 15 minutes. */
    void signInAgain() {
        token = signIn("customer1@example.com");
    }

    String signIn(String email) {
        String body = "{\"email\":\"" + email + "\",\"password\":\"testPass123\"}";
        return find(TOKEN, send(json("/api/v1/auth/signin", body)).body());
    }

    private void restock() {
        String admin = signIn("admin1@example.com");
        int status = send(json("/api/v1/catalog/products/" + product + "/stock", "{\"change\":500000}")
                        .header("Authorization", "Bearer " + admin))
                .statusCode();
        if (status != 200) {
            throw new IllegalStateException("The demo's product cannot be restocked: " + status);
        }
    }

    /** Reads a page, reads a product, orders one, in turn. */
    Calls shop(Duration time) {
        Calls calls = new Calls();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        long begin = System.nanoTime();
        int number = 0;
        for (long due = begin; due < begin + time.toNanos(); due += BETWEEN_CALLS) {
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            long since = due;
            int kind = number++ % 3;
            all.add(CompletableFuture.runAsync(() -> noted(calls, since, call(kind)), threads));
        }
        all.forEach(CompletableFuture::join);
        return calls;
    }

    private static void noted(Calls calls, long since, String failure) {
        calls.note(System.nanoTime() - since, failure);
    }

    /** The failure, null if there was none. */
    private String call(int kind) {
        HttpRequest.Builder request = switch (kind) {
            case 0 -> request("/api/v1/catalog/products?pageSize=12");
            case 1 -> request("/api/v1/catalog/products/" + product);
            default ->
                json("/api/v1/orders", "{\"lines\":[{\"productId\":\"" + product + "\",\"quantity\":1}]}")
                        .header("Authorization", "Bearer " + token);
        };
        try {
            int status = http.send(request.build(), BodyHandlers.ofString()).statusCode();
            return status / 100 == 2 ? null : "status " + status;
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
    }

    private HttpRequest.Builder json(String path, String body) {
        return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String find(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("There is no " + pattern + " in " + text);
        }
        return found.group(1);
    }
}
