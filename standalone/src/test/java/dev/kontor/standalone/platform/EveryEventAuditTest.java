package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.platform.EveryEvent;
import dev.kontor.api.platform.EveryEvent.History;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.LogSource;
import dev.kontor.audit.RawEvent;
import dev.kontor.audit.platform.Audit;
import dev.kontor.audit.platform.AuditReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.Test;

/** The audit, which shares no code with the rest, reads every event, at the bounds of every value in it. */
class EveryEventAuditTest {

    private static final StoredJson JSON = StoredJson.of(StoredTypes.events());

    private final Map<String, Long> sequences = new HashMap<>();

    private List<RawEvent> log() {
        List<RawEvent> log = new ArrayList<>();
        EveryEvent.histories().values().stream()
                .flatMap(List::stream)
                .map(History::events)
                .flatMap(List::stream)
                .forEach(event -> log.add(raw(log.size(), event)));
        return log;
    }

    private RawEvent raw(long position, Object event) {
        SerializedObject<byte[]> json = JSON.serialize(event, byte[].class);
        String aggregate = EveryEvent.aggregateOf(event);
        return new RawEvent(
                position,
                "event-" + position,
                Instant.parse("2026-03-01T12:00:00Z").plusMillis(position),
                "Aggregate",
                aggregate,
                sequences.merge(aggregate, 0L, (last, zero) -> last + 1),
                json.getType().getName(),
                json.getType().getRevision(),
                json.getData());
    }

    @Test
    void every_event_can_be_folded_and_none_is_unknown_or_unreadable() {
        List<RawEvent> log = log();

        AuditReport report = new Audit(new Events(log), null, line -> {}).run();

        assertThat(report.events()).isEqualTo(log.size());
        // These histories break many invariants, but not the one that readable events satisfy.
        assertThat(report.checks())
                .filteredOn(check -> check.invariant().equals(Invariant.LOG.label()))
                .singleElement()
                .satisfies(check -> assertThat(check.violations()).isZero());
    }

    private record Events(List<RawEvent> events) implements LogSource {

        @Override
        public long head() {
            return events.size() - 1;
        }

        @Override
        public void read(Reader reader) {
            events.forEach(reader::event);
        }

        @Override
        public void checkIndexes(Damages damages) {
            // There are none.
        }

        @Override
        public Files checkFiles(Damages damages) {
            return Files.OUT_OF_REACH;
        }
    }
}
