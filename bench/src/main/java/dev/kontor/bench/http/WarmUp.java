package dev.kontor.bench.http;

import java.time.Duration;
import java.util.Locale;

/**
 * How long a shop is under load before it is measured: until the JIT compiler of its JVM rests, within two bounds. Then
 * a run shows what a call costs, and not what the compilation of its code costs.
 */
record WarmUp(Duration shortest, Duration longest) {

    /** What a part of the load is, after which the compiler is looked at. */
    static final Duration PART = Duration.ofSeconds(10);

    /** Of one processor. */
    private static final double REST = 0.05;

    static final WarmUp USUAL = new WarmUp(Duration.ofSeconds(30), Duration.ofSeconds(300));

    /** Exactly so long. */
    static WarmUp of(int seconds) {
        return new WarmUp(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds));
    }

    /** The next part of the load, after so much of it; not positive if there is none. */
    Duration next(Duration done) {
        Duration left = longest.minus(done);
        return left.compareTo(PART) < 0 ? left : PART;
    }

    /**
     * @param compiling how long the compiler has worked in the last part
     * @return whether the load may end
     */
    boolean isEnough(Duration done, Duration compiling) {
        return done.compareTo(shortest) >= 0 && compiling.toNanos() < REST * PART.toNanos();
    }

    @Override
    public String toString() {
        return shortest.equals(longest)
                ? "%d s of warm-up".formatted(shortest.toSeconds())
                : String.format(
                        Locale.ROOT,
                        "%d to %d s of warm-up, until the JIT compiler takes less than %.0f %% of a processor",
                        shortest.toSeconds(),
                        longest.toSeconds(),
                        100 * REST);
    }
}
