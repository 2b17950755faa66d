package dev.kontor.bench.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** When the last orders were sent and answered, by the clock that also dates the events of the log. */
final class OrderTimes {

    private static final int MOST = 20_000;
    private static final String BEFORE_ID = "{\"id\":\"";
    private static final int ID_LENGTH = 36;

    private final Deque<Order> last = new ArrayDeque<>();

    /** Times in microseconds since 1970. */
    record Order(String id, long sent, long answered) {}

    static long now() {
        return micros(Instant.now());
    }

    static long micros(Instant time) {
        return Duration.between(Instant.EPOCH, time).toNanos() / 1_000;
    }

    /** @param answer which begins with the id */
    synchronized void add(long sent, long answered, byte[] answer) {
        if (last.size() == MOST) {
            last.removeFirst();
        }
        int begin = BEFORE_ID.length();
        last.addLast(new Order(new String(answer, begin, ID_LENGTH, StandardCharsets.US_ASCII), sent, answered));
    }

    synchronized List<Order> orders() {
        return List.copyOf(last);
    }
}
