package dev.kontor.audit.platform;

import dev.kontor.audit.Findings.Violation;
import dev.kontor.audit.LogSource;
import java.time.Duration;
import java.util.List;

/**
 * The result of an audit.
 *
 * @param position of the last event that was folded, -1 if the log is empty
 * @param events the number of folded events
 * @param files of the log, whose every block was verified
 * @param violations the first ones; the checks count all
 * @param views empty if there were none to audit
 * @param letters the queues with dead letters; the views of these names are behind by so many events
 */
public record AuditReport(
        long position,
        long events,
        LogSource.Files files,
        List<Check> checks,
        List<Violation> violations,
        List<View> views,
        List<Letters> letters,
        Duration took) {

    /** @param invariant I1 to I7, or a feature */
    public record Check(String invariant, String title, long checked, long violations) {}

    /**
     * @param position of the view's token, -1 for none
     * @param digest of all documents: equal views have equal digests
     */
    public record View(String name, long position, long documents, String digest) {}

    /**
     * @param queue the name of the view or of the processor
     * @param letters at least 1
     * @param sequences the number of aggregates or orders with letters
     */
    public record Letters(String queue, long letters, long sequences) {}

    /** The number of events that were put aside and wait. */
    public long letterCount() {
        return letters.stream().mapToLong(Letters::letters).sum();
    }

    /** All of them, also those that are not listed. */
    public long violationCount() {
        return checks.stream().mapToLong(Check::violations).sum();
    }

    /** Whether log and views have no violation and no dead letters wait. */
    public boolean isClean() {
        return violationCount() == 0 && letters.isEmpty() && !views.isEmpty();
    }

    /** Whether the log has no violation and no views were audited: that is less than clean. */
    public boolean isOfLogOnly() {
        return violationCount() == 0 && letters.isEmpty() && views.isEmpty();
    }

    public long eventsPerSecond() {
        return events * 1000 / Math.max(1, took.toMillis());
    }

    /** For users; the last line is the result. */
    public String text() {
        return details() + result() + System.lineSeparator();
    }

    /** The text without its last line. */
    public String details() {
        StringBuilder text = new StringBuilder();
        text.append("Audit of %,d events, up to position %,d%n%n".formatted(events, position));
        for (Check check : checks) {
            text.append("  %-9s %-54s %,11d checked  %s%n"
                    .formatted(
                            check.invariant(),
                            check.title(),
                            check.checked(),
                            check.violations() == 0 ? "ok" : "%,d VIOLATED".formatted(check.violations())));
        }
        text.append(System.lineSeparator());
        text.append(
                files.equals(LogSource.Files.OUT_OF_REACH)
                        ? "  No files were verified: they are out of reach.%n".formatted()
                        : "  files     %,11d of the log     %,d bytes, every block verified%n"
                                .formatted(files.count(), files.bytes()));
        if (views.isEmpty()) {
            text.append("  No views were audited: none were there to read.%n".formatted());
        }
        for (View view : views) {
            text.append("  %-9s %,11d documents  at position %,11d  digest %s%n"
                    .formatted(view.name(), view.documents(), view.position(), view.digest()));
        }
        for (Letters queue : letters) {
            text.append("  %-9s behind by %,d dead letters of %,d sequences%n"
                    .formatted(queue.queue(), queue.letters(), queue.sequences()));
        }
        if (!violations.isEmpty()) {
            text.append("%n%s%n".formatted(heading()));
            for (Violation violation : violations) {
                text.append("  %-3s %s%s: %s%n"
                        .formatted(
                                violation.invariant().label(),
                                violation.position() < 0 ? "" : "position %d, ".formatted(violation.position()),
                                violation.subject(),
                                violation.detail()));
            }
        }
        text.append("%n%.1f s, %,d events/s%n".formatted(took.toMillis() / 1000.0, eventsPerSecond()));
        return text.toString();
    }

    private String heading() {
        return violations.size() == violationCount()
                ? "Violations"
                : "The first %d of %,d violations".formatted(violations.size(), violationCount());
    }

    /** The last line. */
    public String result() {
        if (isOfLogOnly()) {
            return "LOG ONLY: %,d events are as they must be; no views were audited".formatted(events);
        }
        if (isClean()) {
            return "CLEAN: %,d events and %d views are as they must be".formatted(events, views.size());
        }
        String violated = "%,d %s".formatted(violationCount(), violationCount() == 1 ? "violation" : "violations");
        String behind = "behind by %,d dead %s".formatted(letterCount(), letterCount() == 1 ? "letter" : "letters");
        if (letters.isEmpty()) {
            return "NOT CLEAN: " + violated;
        }
        return "NOT CLEAN: " + (violationCount() == 0 ? behind + ", nothing is wrong" : violated + ", " + behind);
    }
}
