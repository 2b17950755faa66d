package dev.kontor.audit.platform;

import dev.kontor.audit.Findings;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.NumberedIds;
import dev.kontor.audit.RawEvent;
import java.util.Arrays;

/** Verifies positions without a gap, unique identifiers, and every aggregate's sequence from 0 without a gap. */
final class LogJudge {

    private final Findings findings;
    private final NumberedIds events = new NumberedIds();
    private final NumberedIds aggregates = new NumberedIds();
    /** By the number of the aggregate: its next sequence number. */
    private long[] next = new long[1024];

    private long expected;

    LogJudge(Findings findings) {
        this.findings = findings;
    }

    void on(RawEvent event) {
        findings.checked(Invariant.LOG);
        if (event.position() < expected) {
            findings.violation(Invariant.LOG, event.position(), "the log", "goes back from position " + expected);
        }
        expected = event.position() + 1;
        int before = events.size();
        if (events.of(event.eventId()) < before) {
            findings.violation(
                    Invariant.LOG,
                    event.position(),
                    "event " + event.eventId(),
                    "has an id that is in the log already");
        }
        if (event.aggregateId() != null) {
            isNext(event);
        }
    }

    private void isNext(RawEvent event) {
        int number = aggregates.of(event.aggregateId());
        if (number >= next.length) {
            next = Arrays.copyOf(next, next.length + (next.length >> 1));
        }
        if (event.sequence() != next[number]) {
            findings.violation(
                    Invariant.LOG,
                    event.position(),
                    event.aggregateType() + " " + event.aggregateId(),
                    "its event %d comes where its event %d must".formatted(event.sequence(), next[number]));
        }
        next[number] = event.sequence() + 1;
    }

    void damage(long position, String what) {
        findings.violation(Invariant.LOG, position, position < 0 ? "the log" : "the event", what);
    }
}
