package dev.kontor.grpc.platform;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Bounds the growth of the log: each logger writes a limited number of warnings and errors a minute. When the minute is
 * over, the number of suppressed lines is logged.
 */
final class LogRateLimit extends TurboFilter {

    /** A stack trace has some thirty lines. */
    private static final int COST_OF_A_STACK_TRACE = 6;

    private static final int MILLIS_A_MINUTE = 60_000;

    private final Map<Logger, Minute> minutes = new ConcurrentHashMap<>();
    private final int most;
    private final InstantSource clock;

    /** @param most lines a minute of one logger; one with a stack trace counts for six */
    LogRateLimit(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String message, Object[] arguments, Throwable failure) {
        boolean isLine = message != null || failure != null;
        if (!isLine
                || !level.isGreaterOrEqual(Level.WARN)
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())
                || logger.getName().equals(LogRateLimit.class.getName())) {
            return FilterReply.NEUTRAL;
        }
        boolean hasTrace = failure != null || endsWithFailure(arguments);
        return minutes.computeIfAbsent(logger, first -> new Minute())
                        .hasRoom(logger, hasTrace ? COST_OF_A_STACK_TRACE : 1)
                ? FilterReply.NEUTRAL
                : FilterReply.DENY;
    }

    private static boolean endsWithFailure(Object[] arguments) {
        return arguments != null && arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable;
    }

    /** Logs the number of suppressed lines of minutes that are over. */
    void tell() {
        minutes.forEach((logger, minute) -> minute.tell(logger, clock.millis() / MILLIS_A_MINUTE));
    }

    /** Logs the number of suppressed lines so far. */
    void tellAll() {
        minutes.forEach((logger, minute) -> minute.tell(logger, Long.MAX_VALUE));
    }

    private final class Minute {

        private long minute;
        private int cost;
        private long leftOut;

        boolean hasRoom(Logger logger, int more) {
            long now = clock.millis() / MILLIS_A_MINUTE;
            tell(logger, now);
            synchronized (this) {
                cost += more;
                if (cost <= most) {
                    return true;
                }
                leftOut++;
                return false;
            }
        }

        void tell(Logger logger, long now) {
            long untold;
            synchronized (this) {
                if (now == minute) {
                    return;
                }
                untold = leftOut;
                minute = now;
                cost = 0;
                leftOut = 0;
            }
            if (untold > 0) {
                LoggerFactory.getLogger(LogRateLimit.class)
                        .warn("{} more lines of {} were left out", untold, logger.getName());
            }
        }
    }
}
