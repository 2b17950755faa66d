package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.platform.EveryEvent;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.LogSource;
import dev.kontor.audit.RawEvent;
import dev.kontor.audit.ViewSource;
import dev.kontor.audit.platform.Audit;
import dev.kontor.audit.platform.AuditReport;
import dev.kontor.query.platform.ProjectedDocuments;
import dev.kontor.standalone.operations.StoredFields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The audit, which shares no code with the rest, reads every event in each of its revisions, at the bounds of every value
 * in it, and expects the documents that the projections make of it.
 */
class EveryEventAuditTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    private final List<RawEvent> log = new ArrayList<>();
    private final ProjectedDocuments documents = new ProjectedDocuments();

    @BeforeEach
    void write_every_event_and_project_it() {
        Map<String, Long> sequences = new HashMap<>();
        EveryEvent.histories().values().stream().flatMap(List::stream).forEach(history -> {
            for (int i = 0; i < history.stored().size(); i++) {
                Object event = history.events().get(i);
                String aggregate = EveryEvent.aggregateOf(event);
                long sequence = sequences.merge(aggregate, 0L, (last, zero) -> last + 1);
                Instant at = BEGIN.plusMillis(log.size());
                log.add(raw(history.stored().get(i), aggregate, sequence, at));
                documents.project(aggregate, sequence, event, at);
            }
        });
    }

    private RawEvent raw(SerializedObject<String> event, String aggregate, long sequence, Instant at) {
        return new RawEvent(
                log.size(),
                "event-" + log.size(),
                at,
                "Aggregate",
                aggregate,
                sequence,
                event.getType().getName(),
                event.getType().getRevision(),
                event.getData().getBytes(StandardCharsets.UTF_8));
    }

    private static void assertNoViolation(AuditReport report, Invariant invariant) {
        assertThat(report.checks())
                .as(
                        "violations of %s among %s",
                        invariant.label(),
                        report.violations().stream()
                                .filter(violation -> violation.invariant() == invariant)
                                .toList())
                .filteredOn(check -> check.invariant().equals(invariant.label()))
                .singleElement()
                .satisfies(check -> assertThat(check.checked()).isPositive())
                .satisfies(check -> assertThat(check.violations()).isZero());
    }

    // These histories break many invariants, but not those of readable events and of views.
    @Test
    void every_event_can_be_folded_and_leads_to_the_documents_of_the_views() {
        AuditReport report = new Audit(new Events(log), new Documents(documents, log.size() - 1L), line -> {}).run();

        assertThat(report.events()).isEqualTo(log.size());
        assertNoViolation(report, Invariant.LOG);
        assertNoViolation(report, Invariant.VIEWS);
        assertThat(report.views())
                .as("all but the search index, which AuditIT compares")
                .hasSize(Audit.views().size() - 1);
        Set<String> collections = new HashSet<>();
        documents.forEach((collection, document) -> collections.add(collection));
        assertThat(Audit.collections())
                .as("the collections that the audit knows")
                .containsAll(collections);
    }

    private static final class Documents implements ViewSource {

        private final Map<String, List<Map<String, Object>>> collections = new HashMap<>();
        private final long head;

        Documents(ProjectedDocuments projected, long head) {
            this.head = head;
            projected.forEach((name, stored) ->
                    collections.computeIfAbsent(name, none -> new ArrayList<>()).add(StoredFields.of(stored)));
        }

        @Override
        public Set<String> collections() {
            return collections.keySet();
        }

        @Override
        public void forEach(String collection, Consumer<Map<String, Object>> reader) {
            collections.get(collection).forEach(reader);
        }

        @Override
        public OptionalLong position(String view) {
            return view.equals("product-search") ? OptionalLong.empty() : OptionalLong.of(head);
        }
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
