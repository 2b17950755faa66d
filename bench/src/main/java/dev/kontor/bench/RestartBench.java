package dev.kontor.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures the cost of a long log: from a kill -9 to the first answer with complete views, and rebuilds of each view and
 * of all views at once. It runs the packaged process, with the given heap.
 */
final class RestartBench {

    private static final List<String> VIEWS = List.of("catalog", "carts", "orders", "customers", "sessions");
    private static final int KILLS = 3;
    private static final Map<String, String> ADMIN =
            Map.of("KONTOR_ADMIN_EMAIL", "bench@example.com", "KONTOR_ADMIN_PASSWORD", "a long secret");
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern PROGRESS =
            Pattern.compile("\"head\"\\s*:\\s*(\\d+).*?\"state\"\\s*:\\s*\"(\\w+)\"", Pattern.DOTALL);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> command;
    private final Path data;

    private RestartBench(List<String> command, Path data) {
        this.command = command;
        this.data = data;
    }

    /** Arguments: the folder, the JVM's heap as in -Xmx (512m). */
    static void run(List<String> arguments) throws Exception {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("bench restart DIR [HEAP]");
        }
        String heap = arguments.size() > 1 ? arguments.get(1) : "512m";
        List<String> command =
                new ArrayList<>(List.of(System.getProperty("kontor.start").split("\n")));
        command.add(1, "-Xmx" + heap);
        System.out.printf("heap %s%n", heap);
        new RestartBench(command, Path.of(arguments.getFirst())).measure();
    }

    private void measure() throws IOException, InterruptedException {
        Launched kontor = Launched.start(command, data, ADMIN);
        String address = kontor.untilReady();
        for (int i = 0; i < KILLS; i++) {
            kontor.kill();
            long killed = System.nanoTime();
            kontor = Launched.start(command, data, ADMIN);
            address = kontor.untilReady();
            get(address + "/api/v1/catalog/products?pageSize=20", "");
            System.out.printf("kill -9 to the first answer with complete views: %.1f s%n", secondsSince(killed));
        }
        try {
            String admin = "Bearer " + signIn(address);
            for (String view : VIEWS) {
                rebuild(address, admin, List.of(view));
            }
            rebuild(address, admin, VIEWS);
        } finally {
            kontor.stop();
        }
    }

    private void rebuild(String address, String admin, List<String> wanted) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        for (String view : wanted) {
            send(HttpRequest.newBuilder(URI.create(address + "/api/v1/admin/views/" + view + "/rebuild"))
                    .header("Authorization", admin)
                    .POST(HttpRequest.BodyPublishers.noBody()));
        }
        String views = get(address + "/api/v1/admin/views", admin);
        while (isRunning(views)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            views = get(address + "/api/v1/admin/views", admin);
        }
        double seconds = secondsSince(begin);
        Matcher head = PROGRESS.matcher(views);
        long events = head.find() ? Long.parseLong(head.group(1)) : 0;
        System.out.printf(
                "%s rebuilt from %,d events: %.1f s, %,.0f events/s%n",
                wanted.size() == 1 ? "view " + wanted.getFirst() : "all views at once",
                events,
                seconds,
                events / seconds);
    }

    private static boolean isRunning(String views) {
        return PROGRESS.matcher(views)
                .results()
                .anyMatch(
                        view -> view.group(2).equals("RUNNING") || view.group(2).equals("READY"));
    }

    private String signIn(String address) throws IOException, InterruptedException {
        String answer = send(HttpRequest.newBuilder(URI.create(address + "/api/v1/auth/signin"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"email\":\"%s\",\"password\":\"%s\"}"
                        .formatted(ADMIN.get("KONTOR_ADMIN_EMAIL"), ADMIN.get("KONTOR_ADMIN_PASSWORD")))));
        Matcher token = TOKEN.matcher(answer);
        if (!token.find()) {
            throw new IllegalStateException("No token in " + answer);
        }
        return token.group(1);
    }

    private String get(String uri, String authorization) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return send(request);
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
