package dev.kontor.bench.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM's collectors have done since its start.
 *
 * @param pauses collections that stopped the program
 * @param nanos how long they stopped it in sum
 */
record GarbageCollection(long pauses, long nanos) {

    private static final Pattern COUNTER =
            Pattern.compile("sun\\.gc\\.collector\\.[0-9]+\\.(invocations|time)=([0-9]+)");
    private static final Pattern TICKS = Pattern.compile("sun\\.os\\.hrt\\.frequency=([0-9]+)");
    private static final String JCMD =
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();

    /** Of a JVM on this machine, of the same user. */
    static GarbageCollection of(ProcessHandle jvm) throws IOException {
        Process jcmd = new ProcessBuilder(JCMD, Long.toString(jvm.pid()), "PerfCounter.print")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = jcmd.inputReader()) {
            return of(output.lines());
        }
    }

    /** @param counters the lines of {@code PerfCounter.print} */
    static GarbageCollection of(Stream<String> counters) {
        String all = String.join("\n", counters.toList());
        Matcher ticks = TICKS.matcher(all);
        if (!ticks.find()) {
            throw new IllegalStateException("jcmd shows no counters: " + all);
        }
        long perSecond = Long.parseLong(ticks.group(1));
        return new GarbageCollection(
                sum(all, "invocations", Long::longValue),
                sum(all, "time", value -> Math.round(value * (1e9 / perSecond))));
    }

    GarbageCollection minus(GarbageCollection before) {
        return new GarbageCollection(pauses - before.pauses, nanos - before.nanos);
    }

    double millis() {
        return nanos / 1e6;
    }

    private static long sum(String all, String name, ToLongFunction<Long> unit) {
        return COUNTER.matcher(all)
                .results()
                .filter(counter -> counter.group(1).equals(name))
                .mapToLong(counter -> unit.applyAsLong(Long.valueOf(counter.group(2))))
                .sum();
    }
}
