package dev.kontor.standalone.tools.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Reports progress at most once a second, so short work reports none. For one thread. */
public final class ProgressOutput {

    private static final long BETWEEN_LINES = Duration.ofSeconds(1).toNanos();
    /** The width of the bar, in characters. */
    private static final int BAR = 20;

    private final PrintStream out;
    private final String doing;
    private final String unit;
    private final long total;
    private final LongSupplier nanoTime;
    private final long begin;
    private long nextLine;
    private long alreadyDone;

    /** @param total 0 where it is unknown @param nanoTime a clock that only moves forward */
    ProgressOutput(PrintStream out, String doing, String unit, long total, LongSupplier nanoTime) {
        this.out = out;
        this.doing = doing;
        this.unit = unit;
        this.total = total;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
        this.nextLine = begin + BETWEEN_LINES;
    }

    /** Counts this much as done, but not for the speed. */
    public ProgressOutput after(long done) {
        alreadyDone = done;
        return this;
    }

    public void at(long done) {
        long now = nanoTime.getAsLong();
        if (now - nextLine >= 0) {
            nextLine = now + BETWEEN_LINES;
            out.println("  " + line(done, now - begin));
        }
    }

    private String line(long done, long nanos) {
        double perSecond = (done - alreadyDone) * 1e9 / Math.max(1, nanos);
        StringBuilder line = new StringBuilder(doing).append(": ");
        if (total > 0) {
            long percent = 100 * done / Math.max(total, done);
            int full = (int) (percent * BAR / 100);
            line.append(String.format(
                    Locale.ROOT,
                    "[%s%s] %d %%, %,d of %,d %s",
                    "#".repeat(full),
                    " ".repeat(BAR - full),
                    percent,
                    done,
                    total,
                    unit));
        } else {
            line.append(String.format(Locale.ROOT, "%,d %s", done, unit));
        }
        line.append(String.format(Locale.ROOT, ", %,.0f a second", perSecond));
        if (total > done && perSecond > 0) {
            line.append(", ")
                    .append(text(Math.round((total - done) / perSecond)))
                    .append(" left");
        }
        return line.toString();
    }

    private static String text(long seconds) {
        if (seconds < 90) {
            return Math.max(1, seconds) + " s";
        }
        return seconds < 5_400 ? (seconds + 30) / 60 + " min" : (seconds + 1_800) / 3_600 + " h";
    }
}
