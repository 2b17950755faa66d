package dev.kontor.standalone.distributed;

import dev.kontor.standalone.NoAnswer;
import dev.kontor.testsupport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A client that repeats one call, and records the results. */
final class ShopClient implements AutoCloseable {

    /** For calls without an answer: the connection was refused, or broke. */
    static final int NO_ANSWER = 0;

    private static final Duration BETWEEN_VISITS = Duration.ofMillis(20);

    private record Visit(long begin, long end, int status) {

        boolean isGood() {
            return status >= 200 && status < 300;
        }
    }

    private final String name;
    private final Supplier<Answer> act;
    private final List<Visit> visits = new ArrayList<>();
    /** The first body of each status that is a failure. */
    private final Map<Integer, String> refusals = new ConcurrentSkipListMap<>();

    private final Thread thread;
    private volatile boolean leaving;

    ShopClient(String name, Supplier<Answer> act) {
        this.name = name;
        this.act = act;
        this.thread = Thread.ofVirtual().name(name).start(this::visit);
    }

    private void visit() {
        while (!leaving) {
            long begin = System.nanoTime();
            int status;
            try {
                Answer answer = act.get();
                status = answer.status();
                if (status >= 400) {
                    refusals.putIfAbsent(status, answer.body());
                }
            } catch (NoAnswer broken) {
                status = NO_ANSWER;
            }
            synchronized (visits) {
                visits.add(new Visit(begin, System.nanoTime(), status));
            }
            LockSupport.parkNanos(BETWEEN_VISITS.toNanos());
        }
    }

    /** Every status that occurred. */
    Set<Integer> statuses() {
        synchronized (visits) {
            Set<Integer> statuses = new TreeSet<>();
            visits.forEach(visit -> statuses.add(visit.status()));
            return statuses;
        }
    }

    int visits() {
        synchronized (visits) {
            return visits.size();
        }
    }

    /** Calls that failed. */
    int failures() {
        synchronized (visits) {
            return (int) visits.stream().filter(visit -> !visit.isGood()).count();
        }
    }

    /** Whether the last so many calls all succeeded. */
    boolean isContent(int lately) {
        synchronized (visits) {
            return visits.size() >= lately
                    && visits.subList(visits.size() - lately, visits.size()).stream()
                            .allMatch(Visit::isGood);
        }
    }

    /** The longest time from the beginning of a failed call to the end of the next successful one. */
    Duration longestOutage() {
        synchronized (visits) {
            long longest = 0;
            long since = -1;
            for (Visit visit : visits) {
                if (!visit.isGood()) {
                    since = since < 0 ? visit.begin() : since;
                } else if (since >= 0) {
                    longest = Math.max(longest, visit.end() - since);
                    since = -1;
                }
            }
            return Duration.ofNanos(longest);
        }
    }

    /** From a moment of {@link System#nanoTime} to the end of the first successful call that began later. */
    Duration firstGoodAfter(long moment) {
        synchronized (visits) {
            return visits.stream()
                    .filter(visit -> visit.begin() >= moment && visit.isGood())
                    .findFirst()
                    .map(visit -> Duration.ofNanos(visit.end() - moment))
                    .orElseThrow(() -> new AssertionError(name + " has not succeeded since"));
        }
    }

    @Override
    public String toString() {
        return "%s: %d visits, statuses %s, longest outage %d ms, failures %s"
                .formatted(name, visits(), statuses(), longestOutage().toMillis(), refusals);
    }

    @Override
    public void close() {
        leaving = true;
        try {
            thread.join(Duration.ofSeconds(60));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
