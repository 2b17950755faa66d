package dev.kontor.bench;

import dev.kontor.standalone.platform.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Measures the effect of many sign-ins on readers of the catalog. Pages are requested at a fixed rate, and their times
 * count from when they were due, so that delayed calls are not hidden. It runs the packaged process.
 */
final class SignInBench {

    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration RUN = Duration.ofSeconds(15);
    private static final int SIGNING_IN = 50;
    private static final long BETWEEN_READS = Duration.ofMillis(10).toNanos();
    private static final String ACCOUNT =
            "{\"email\":\"bench-%d@example.com\",\"password\":\"a long secret\",\"name\":\"Bench\"}";
    private static final String[] LIMITS_OFF = {
        "--kontor.limits.sign-up.per-address=off",
        "--kontor.limits.sign-in.per-address=off",
        "--kontor.tries.in-total=off",
        "--kontor.tries.per-client=off",
        "--kontor.tries.per-account=off",
        "--kontor.tries.new-emails=off"
    };

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private SignInBench(String address) {
        this.address = address;
    }

    /** Takes no arguments. */
    static void run(List<String> arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(System.getProperty("kontor.start").split("\n")));
        command.add("--kontor.demo=true");
        command.addAll(List.of(LIMITS_OFF));
        Path data = Files.createTempDirectory("kontor-bench");
        Launched kontor = Launched.start(command, data, Map.of());
        try {
            new SignInBench(kontor.untilReady()).measure();
        } finally {
            kontor.stop();
            Folders.delete(data);
        }
    }

    private void measure() {
        for (int account = 0; account < SIGNING_IN; account++) {
            post("signup", 201, account);
        }
        read(WARM_UP);
        signInWhile(() -> read(WARM_UP));
        Result alone = read(RUN);
        AtomicInteger signedIn = new AtomicInteger();
        Result beside = signInWhile(() -> read(RUN), signedIn);
        System.out.printf("%-36s %9s %9s%n", "a page of the catalog, 100 a second", "p50 ms", "p99 ms");
        print("alone", alone);
        print("beside %d who sign in".formatted(SIGNING_IN), beside);
        System.out.printf(
                "%nratio of p99: %.2f; %,.1f sign-ins a second meanwhile%n",
                beside.percentileMillis(99) / alone.percentileMillis(99),
                signedIn.get() / (beside.elapsedNanos() / 1e9));
    }

    private static void print(String what, Result result) {
        System.out.printf("%-36s %9.1f %9.1f%n", what, result.percentileMillis(50), result.percentileMillis(99));
    }

    private Result read(Duration time) {
        ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> reads = new ArrayList<>();
        long begin = System.nanoTime();
        for (long due = begin; due < begin + time.toNanos(); due += BETWEEN_READS) {
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            long since = due;
            reads.add(CompletableFuture.runAsync(
                    () -> {
                        expect(
                                200,
                                HttpRequest.newBuilder(URI.create(address + "/api/v1/catalog/products?pageSize=12")));
                        latencies.add(System.nanoTime() - since);
                    },
                    threads));
        }
        reads.forEach(CompletableFuture::join);
        long elapsed = System.nanoTime() - begin;
        return new Result(latencies.stream().mapToLong(Long::longValue).sorted().toArray(), elapsed);
    }

    private interface Reading {
        Result read();
    }

    private Result signInWhile(Reading reading) {
        return signInWhile(reading, new AtomicInteger());
    }

    private Result signInWhile(Reading reading, AtomicInteger signedIn) {
        CompletableFuture<Void> enough = new CompletableFuture<>();
        List<CompletableFuture<Void>> signIns = IntStream.range(0, SIGNING_IN)
                .mapToObj(account -> CompletableFuture.runAsync(
                        () -> {
                            while (!enough.isDone()) {
                                post("signin", 200, account);
                                signedIn.incrementAndGet();
                            }
                        },
                        threads))
                .toList();
        Result result = reading.read();
        enough.complete(null);
        signIns.forEach(CompletableFuture::join);
        return result;
    }

    private void post(String what, int status, int account) {
        expect(
                status,
                HttpRequest.newBuilder(URI.create(address + "/api/v1/auth/" + what))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(ACCOUNT.formatted(account))));
    }

    private void expect(int status, HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != status) {
                throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
