package dev.kontor.bench;

import dev.kontor.standalone.platform.Folders;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures what attacks from one address cost other clients. It runs the packaged process, with the heap of a small
 * container. Periods with and without an attack alternate, so that other load on the machine is in both.
 */
final class AttackBench {

    private static final String HEAP = "-Xmx460m";
    private static final Duration SLICE = Duration.ofSeconds(15);
    /** Between periods, so that the effects of the previous one end. */
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final int SECONDS = 120;

    private AttackBench() {}

    /** @param arguments the seconds of each attack (120), and a part of the names of the wanted ones */
    static void run(List<String> arguments) throws Exception {
        int seconds = arguments.isEmpty() ? SECONDS : Integer.parseInt(arguments.getFirst());
        String wanted = arguments.size() > 1 ? arguments.get(1) : "";
        List<String> command =
                new ArrayList<>(List.of(System.getProperty("kontor.start").split("\n")));
        command.add(1, HEAP);
        command.add("--kontor.demo=true");
        Path data = Files.createTempDirectory("kontor-bench");
        Launched kontor = Launched.start(command, data, Map.of());
        try {
            URI address = URI.create(kontor.untilReady());
            Shoppers shoppers = new Shoppers(address);
            shoppers.shop(WARM_UP);
            System.out.printf(
                    "%-34s %8s %9s %9s %9s %9s %7s%n",
                    "attack", "calls", "success", "p50 ms", "p99 ms", "p99 alone", "ratio");
            for (Attack.Plan plan : plans(shoppers.signIn("customer2@example.com"))) {
                if (!plan.name().contains(wanted)) {
                    continue;
                }
                measure(plan, address, shoppers, Math.max(1, seconds / (int) SLICE.toSeconds()));
                if (!kontor.isAlive()) {
                    System.out.println("the process has ended");
                    System.exit(1);
                }
            }
        } finally {
            kontor.stop();
            Folders.delete(data);
        }
    }

    private static List<Attack.Plan> plans(String token) {
        String authorization = "Authorization: Bearer " + token + "\r\n";
        String filling = "x".repeat(1_040_000 - 20);
        byte[] lines = order(authorization);
        Duration soon = Duration.ofMillis(500);
        return List.of(
                new Attack.Plan(
                        "half-sent bodies to sign-out",
                        200,
                        Attack.halfSent("/api/v1/auth/signout", "", "{\"refresh_token\":\"" + filling, 1_048_000),
                        new byte[0],
                        soon,
                        soon),
                new Attack.Plan(
                        "half-sent orders",
                        200,
                        Attack.halfSent(
                                "/api/v1/orders", authorization, "{\"lines\":[{\"productId\":\"" + filling, 1_048_000),
                        new byte[0],
                        soon,
                        soon),
                new Attack.Plan("orders of 349,000 lines", 6, lines, lines, soon, soon),
                new Attack.Plan(
                        "8,293 sockets that drip headers",
                        8_293,
                        "GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII),
                        "x".getBytes(StandardCharsets.US_ASCII),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5)));
    }

    private static byte[] order(String authorization) {
        String body = "{\"lines\":[" + "{},".repeat(348_999) + "{}]}";
        return Attack.halfSent("/api/v1/orders", authorization, body, body.length());
    }

    private static void measure(Attack.Plan plan, URI address, Shoppers shoppers, int slices) throws Exception {
        Shoppers.Calls with = new Shoppers.Calls();
        Shoppers.Calls without = new Shoppers.Calls();
        int open = 0;
        shoppers.signInAgain();
        for (int slice = 0; slice < slices; slice++) {
            without.add(shoppers.shop(SLICE));
            try (Attack attack = new Attack(plan, new InetSocketAddress(address.getHost(), address.getPort()))) {
                with.add(shoppers.shop(SLICE));
                open = Math.max(open, attack.mostOpen());
            }
            shoppers.shop(PAUSE);
        }
        System.out.printf(
                "%-34s %,8d %8.3f%% %9.1f %9.1f %9.1f %7.2f%n",
                plan.name(),
                with.count(),
                with.successPercent(),
                with.percentileMillis(50),
                with.percentileMillis(99),
                without.percentileMillis(99),
                with.percentileMillis(99) / without.percentileMillis(99));
        System.out.printf(
                "%-34s %,8d %8.3f%% %9.1f%n",
                "  without", without.count(), without.successPercent(), without.percentileMillis(50));
        with.failures().forEach((what, count) -> System.out.printf("    %,d: %s%n", count, what));
    }
}
