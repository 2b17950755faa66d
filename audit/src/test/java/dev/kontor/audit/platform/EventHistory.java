package dev.kontor.audit.platform;

import dev.kontor.audit.LogSource;
import dev.kontor.audit.RawEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A log written by hand, event by event. Reading it assigns positions and sequence numbers. */
final class EventHistory implements LogSource {

    static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    private final List<Told> told = new ArrayList<>();
    private final Map<Long, String> damage = new HashMap<>();
    private final Map<Integer, Integer> sameId = new HashMap<>();
    private Long lostRow;
    private String damagedFile;
    private Instant now = BEGIN;

    /** @param apart the difference to the sequence number that it would get */
    record Told(String aggregateType, String aggregateId, String type, Instant time, String payload, long apart) {}

    /** Appends the next event, a millisecond later. */
    EventHistory tell(String aggregateType, String aggregateId, String type, String payload) {
        now = now.plusMillis(1);
        told.add(new Told(aggregateType, aggregateId, type, now, payload, 0));
        return this;
    }

    EventHistory pause(Duration pause) {
        now = now.plus(pause);
        return this;
    }

    int size() {
        return told.size();
    }

    /** The index of the first event that contains all of these texts. */
    int find(String... texts) {
        for (int i = 0; i < told.size(); i++) {
            String all = told.get(i).type() + " " + told.get(i).payload();
            if (List.of(texts).stream().allMatch(all::contains)) {
                return i;
            }
        }
        throw new IllegalArgumentException("nothing in the story has " + List.of(texts));
    }

    /** The index of the last one. */
    int findLast(String... texts) {
        int last = find(texts);
        for (int i = last + 1; i < told.size(); i++) {
            String all = told.get(i).type() + " " + told.get(i).payload();
            if (List.of(texts).stream().allMatch(all::contains)) {
                last = i;
            }
        }
        return last;
    }

    long momentOf(int place) {
        return told.get(place).time().toEpochMilli();
    }

    /** Changes the text of an event's payload. */
    EventHistory rewrite(int place, String text, String by) {
        Told event = told.get(place);
        if (!event.payload().contains(text)) {
            throw new IllegalArgumentException(event.payload() + " does not have " + text);
        }
        String payload = event.payload().replace(text, by);
        told.set(
                place,
                new Told(
                        event.aggregateType(),
                        event.aggregateId(),
                        event.type(),
                        event.time(),
                        payload,
                        event.apart()));
        return this;
    }

    EventHistory retype(int place, String type) {
        Told event = told.get(place);
        told.set(
                place,
                new Told(
                        event.aggregateType(),
                        event.aggregateId(),
                        type,
                        event.time(),
                        event.payload(),
                        event.apart()));
        return this;
    }

    /** Changes an event's sequence number by this much. */
    EventHistory renumber(int place, long apart) {
        Told event = told.get(place);
        told.set(
                place,
                new Told(
                        event.aggregateType(),
                        event.aggregateId(),
                        event.type(),
                        event.time(),
                        event.payload(),
                        apart));
        return this;
    }

    /** As if it had never been written. */
    EventHistory forget(int place) {
        told.remove(place);
        return this;
    }

    EventHistory forgetAll(Predicate<String> type) {
        told.removeIf(event -> type.test(event.type()));
        return this;
    }

    EventHistory endAfter(int place) {
        told.subList(place + 1, told.size()).clear();
        return this;
    }

    /** Appends an event again, later. */
    EventHistory repeat(int place, int later) {
        told.add(later, told.get(place));
        return this;
    }

    /** Into the history of another aggregate of its type. */
    EventHistory move(int place, String aggregateId) {
        Told event = told.get(place);
        told.set(
                place,
                new Told(
                        event.aggregateType(),
                        aggregateId,
                        event.type(),
                        event.time(),
                        event.payload(),
                        event.apart()));
        return this;
    }

    EventHistory swap(int place, int other) {
        Collections.swap(told, place, other);
        return this;
    }

    EventHistory sameId(int place, int as) {
        sameId.put(place, as);
        return this;
    }

    /** Removes an event from an index. */
    EventHistory loseRow(long position) {
        lostRow = position;
        return this;
    }

    EventHistory damage(long position, String what) {
        damage.put(position, what);
        return this;
    }

    @Override
    public long head() {
        return told.size() - 1;
    }

    @Override
    public void read(Reader reader) {
        Map<String, Long> next = new HashMap<>();
        for (int i = 0; i < told.size(); i++) {
            Told event = told.get(i);
            long sequence = next.merge(event.aggregateId(), 1L, Long::sum) - 1;
            if (damage.containsKey((long) i)) {
                reader.damage(i, damage.get((long) i));
                continue;
            }
            reader.event(new RawEvent(
                    i,
                    "00000000-0000-4000-8000-%012d".formatted(sameId.getOrDefault(i, i)),
                    event.time(),
                    event.aggregateType(),
                    event.aggregateId(),
                    sequence + event.apart(),
                    event.type(),
                    "1",
                    event.payload().getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public Files checkFiles(Damages damages) {
        if (damagedFile != null) {
            damages.damage(-1, damagedFile);
        }
        return new Files(2, 4_096);
    }

    /** Damages a file of the log from which no event is read. */
    EventHistory damageFile(String what) {
        damagedFile = what;
        return this;
    }

    @Override
    public void checkIndexes(Damages damages) {
        if (lostRow != null) {
            damages.damage(lostRow, "cannot be found");
        }
    }
}
