package dev.kontor.bench.http;

import dev.kontor.bench.BadArgumentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What is measured, and for how long.
 *
 * @param rate calls a second; 0 for as many as the clients can make
 * @param overload whether twice as many calls as could be answered follow each run
 * @param warmUp the same calls before each run, in a closed loop
 * @param heap as in -Xmx; null for the JVM's default
 * @param products that are for sale
 * @param data a folder that is kept; null for an empty one per run, which is deleted
 * @param json null for none
 * @param html null for none
 */
record HttpBenchOptions(
        Workload workload,
        int seconds,
        int clients,
        int rate,
        boolean overload,
        int runs,
        WarmUp warmUp,
        boolean againstPlainShop,
        int products,
        String heap,
        Path data,
        Path json,
        Path html) {

    static final String USAGE = """
            ./kontor bench http [orders|hot|cart|item|list|search|searching|mixed] [--seconds N] [--clients N]
                [--rate N | --overload] [--runs N] [--warm-up N] [--against-plain-shop] [--products N]
                [--heap SIZE] [--data DIR] [--json FILE] [--html FILE]""";

    private static final int MOST_SECONDS = 86_400;
    private static final int MOST_CLIENTS = 2_000;
    private static final int MOST_CALLS = 1_000_000;
    private static final int MOST_RUNS = 20;
    private static final int MOST_PRODUCTS = 1_000_000;

    /** @throws BadArgumentException with a sentence for the user */
    static HttpBenchOptions parse(List<String> arguments) {
        return new Parser(arguments).parse();
    }

    boolean isOpenLoop() {
        return rate > 0;
    }

    private static final class Parser {

        private final Deque<String> left;
        private Workload workload;
        private int seconds = 30;
        private int clients = 64;
        private int rate;
        private boolean overload;
        private int runs;
        private WarmUp warmUp = WarmUp.USUAL;
        private boolean againstPlainShop;
        private int products = 100;
        private String heap;
        private Path data;
        private Path json;
        private Path html;

        Parser(List<String> arguments) {
            left = new ArrayDeque<>(arguments);
        }

        HttpBenchOptions parse() {
            while (!left.isEmpty()) {
                String argument = left.removeFirst();
                int equals = argument.indexOf('=');
                if (argument.startsWith("--") && equals > 0) {
                    left.addFirst(argument.substring(equals + 1));
                    argument = argument.substring(0, equals);
                }
                take(argument);
            }
            if (againstPlainShop && data != null) {
                throw new BadArgumentException("--against-plain-shop compares empty shops, so --data cannot be given");
            }
            if (overload && rate > 0) {
                throw new BadArgumentException(
                        "--overload finds its own rate from a closed loop, so --rate cannot be given");
            }
            return new HttpBenchOptions(
                    workload == null ? Workload.ORDERS : workload,
                    seconds,
                    clients,
                    rate,
                    overload,
                    runs > 0 ? runs : againstPlainShop ? 2 : 1,
                    warmUp,
                    againstPlainShop,
                    products,
                    heap,
                    data,
                    json,
                    html);
        }

        private void take(String argument) {
            switch (argument) {
                case "--seconds" -> seconds = number(argument, 1, MOST_SECONDS);
                case "--clients" -> clients = number(argument, 1, MOST_CLIENTS);
                case "--rate" -> rate = number(argument, 1, MOST_CALLS);
                case "--overload" -> overload = true;
                case "--runs" -> runs = number(argument, 1, MOST_RUNS);
                case "--warm-up" -> warmUp = WarmUp.of(number(argument, 0, MOST_SECONDS));
                case "--against-plain-shop" -> againstPlainShop = true;
                case "--products" -> products = number(argument, 100, MOST_PRODUCTS);
                case "--heap" -> heap = heap(value(argument));
                case "--data" -> data = Path.of(value(argument)).toAbsolutePath();
                case "--json" -> json = file(argument);
                case "--html" -> html = file(argument);
                default -> workload = workload(argument);
            }
        }

        private Workload workload(String argument) {
            if (workload != null && !argument.startsWith("-")) {
                throw new BadArgumentException("one workload at a time: '%s' or '%s'; the mix of all is 'mixed'"
                        .formatted(workload.label(), argument));
            }
            return Workload.named(argument)
                    .orElseThrow(() -> new BadArgumentException(
                            "'%s' is unknown; workloads are %s%n%s".formatted(argument, Workload.names(), USAGE)));
        }

        private String value(String option) {
            if (left.isEmpty() || left.peekFirst().isEmpty() || left.peekFirst().startsWith("--")) {
                throw new BadArgumentException("%s needs a value%n%s".formatted(option, USAGE));
            }
            return left.removeFirst();
        }

        private int number(String option, int least, int most) {
            String value = value(option);
            try {
                int number = Integer.parseInt(value);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Reported below, as a number out of bounds is.
            }
            throw new BadArgumentException(
                    "%s needs a whole number from %d to %d, not '%s'".formatted(option, least, most, value));
        }

        private static String heap(String value) {
            if (!value.matches("[1-9][0-9]*[kmgKMG]?")) {
                throw new BadArgumentException("--heap needs a size such as 128m, not '%s'".formatted(value));
            }
            return value;
        }

        /** Checked now, so that a measurement is not lost because it cannot be written. */
        private Path file(String option) {
            Path file = Path.of(value(option)).toAbsolutePath();
            if (Files.isDirectory(file) || !Files.isDirectory(file.getParent())) {
                throw new BadArgumentException("%s needs a file in an existing folder, not %s".formatted(option, file));
            }
            return file;
        }
    }
}
