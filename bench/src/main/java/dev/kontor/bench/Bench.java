package dev.kontor.bench;

import java.time.Duration;

/** The benchmarks by name: {@code orders [customers]}, which is the default, and {@code engine [seconds]}. */
public final class Bench {

    private static final String CUSTOMERS = "64";
    private static final String SECONDS = "5";

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        String name = arguments.length > 0 ? arguments[0] : "orders";
        switch (name) {
            case "orders" -> OrderBench.run(Integer.parseInt(arguments.length > 1 ? arguments[1] : CUSTOMERS));
            case "engine" ->
                EngineBench.run(Duration.ofSeconds(Long.parseLong(arguments.length > 1 ? arguments[1] : SECONDS)));
            default -> {
                System.err.printf("There is no benchmark '%s': orders [customers], engine [seconds]%n", name);
                System.exit(2);
            }
        }
    }
}
