package dev.kontor.gateway.operations;

import dev.kontor.grpc.platform.RefusedException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.function.LongConsumer;

/** Times of the log: ISO 8601 over REST, microseconds since 1970 over gRPC. */
final class LogTimes {

    private LogTimes() {}

    static Instant of(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /**
     * Passes on the time of a parameter, if it is given.
     *
     * @throws RefusedException if it is no time
     */
    static void read(String name, String text, LongConsumer set) {
        if (!text.isEmpty()) {
            try {
                set.accept(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text)));
            } catch (DateTimeParseException | ArithmeticException e) {
                throw RefusedException.invalid(name, "must be a time like 2026-03-01T12:00:00Z");
            }
        }
    }
}
