package dev.kontor.grpc.platform;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Logs each warning and error of a library at most once a minute: a driver whose server is unreachable may log several
 * a second, with stack traces. Two are the same if logger, message pattern and class of the exception are. Kontor's own
 * repeats are dropped only if they have the marker {@link #SELDOM}.
 */
public final class RepeatedWarnings extends TurboFilter {

    /** For warnings that every call would log while a server is unreachable. */
    public static final Marker SELDOM = MarkerFactory.getMarker("SELDOM");

    static final Duration SILENCE = Duration.ofMinutes(1);

    /** Beyond this number of different warnings, a logger has one line a minute for all further ones. */
    static final int MOST = 1_000;

    private static final String OURS = "dev.kontor.";

    private record Kind(String logger, String text, Class<?> failure) {}

    private final Map<Kind, Long> said = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    RepeatedWarnings(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Installs the filter in the log of this process. Idempotent. */
    public static void install() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        if (context.getTurboFilterList().stream().noneMatch(RepeatedWarnings.class::isInstance)) {
            RepeatedWarnings filter = new RepeatedWarnings(System::nanoTime);
            filter.setContext(context);
            filter.start();
            context.addTurboFilter(filter);
        }
    }

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String text, Object[] values, Throwable failure) {
        boolean isMeant =
                SELDOM.equals(marker) || !logger.getName().startsWith(OURS) && level.isGreaterOrEqual(Level.WARN);
        if (!isMeant || text == null || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        return isNew(kind(logger.getName(), text, failure)) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private Kind kind(String logger, String text, Throwable failure) {
        Kind kind = new Kind(logger, text, failure == null ? null : failure.getClass());
        if (said.size() < MOST || said.containsKey(kind)) {
            return kind;
        }
        said.values().removeIf(this::isLongAgo);
        return said.size() < MOST ? kind : new Kind(logger, "", null);
    }

    private boolean isNew(Kind kind) {
        long now = nanos.getAsLong();
        boolean[] isNew = new boolean[1];
        said.compute(kind, (same, before) -> {
            isNew[0] = before == null || now - before >= SILENCE.toNanos();
            return isNew[0] ? now : before;
        });
        return isNew[0];
    }

    private boolean isLongAgo(long moment) {
        return nanos.getAsLong() - moment >= SILENCE.toNanos();
    }
}
