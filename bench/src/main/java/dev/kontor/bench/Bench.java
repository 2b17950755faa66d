package dev.kontor.bench;

import dev.kontor.bench.http.BareServer;
import dev.kontor.bench.http.HttpBench;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs the named benchmark: {@code bench orders}, {@code bench fill} … */
public final class Bench {

    private interface Profile {
        void run(List<String> arguments) throws Exception;
    }

    private static final Map<String, Profile> PROFILES = new TreeMap<>(Map.ofEntries(
            Map.entry("orders", OrderBench::run),
            Map.entry("aggregates", AggregateBench::run),
            Map.entry("attack", AttackBench::run),
            Map.entry("bare-server", BareServer::run),
            Map.entry("engine", EngineBench::run),
            Map.entry("fill", FillBench::run),
            Map.entry("http", HttpBench::run),
            Map.entry("log", LogBench::run),
            Map.entry("restart", RestartBench::run),
            Map.entry("signin", SignInBench::run),
            Map.entry("views", ViewsBench::run)));

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        String name = arguments.length == 0 ? "orders" : arguments[0];
        Profile profile = PROFILES.get(name);
        if (profile == null) {
            System.err.printf(
                    "bench: there is no profile '%s'; there are %s%n", name, String.join(", ", PROFILES.keySet()));
            System.exit(2);
        }
        try {
            profile.run(Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length));
        } catch (BadArgumentException e) {
            System.err.printf("bench %s: %s%n", name, e.getMessage());
            System.exit(2);
        }
    }
}
