package dev.kontor.gateway.operations;

import dev.kontor.proto.operations.AuditReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * The result of an audit.
 *
 * @param events number of events that the audit folded
 * @param clean whether there is neither a violation nor a dead letter
 * @param violations only the first ones if there are very many; the checks count all
 */
@Schema(name = "AuditReport")
record AuditJson(
        boolean clean,
        long events,
        List<CheckJson> checks,
        List<ViolationJson> violations,
        List<AuditedViewJson> views,
        List<AuditedLettersJson> letters,
        FilesJson files,
        long tookMillis) {

    /** @param invariant I1 to I7, or the name of a feature */
    @Schema(name = "AuditCheck")
    record CheckJson(String invariant, String title, long checked, long violations) {}

    /**
     * @param position of the event in the log; -1 if the violation is not about a single event
     * @param subject the aggregate or the document
     */
    @Schema(name = "AuditViolation")
    record ViolationJson(String invariant, long position, String subject, String detail) {}

    /**
     * @param position number of events that the view has read from the log
     * @param digest of all documents: equal views have equal digests
     */
    @Schema(name = "AuditedView")
    record AuditedViewJson(String name, long position, long documents, String digest) {}

    /**
     * A queue with dead letters: the view of this name is behind by them, and not wrong for that.
     *
     * @param sequences aggregates or orders with letters
     */
    @Schema(name = "AuditedLetters")
    record AuditedLettersJson(String queue, long letters, long sequences) {}

    /**
     * The files of the log; the audit verified every block of them.
     *
     * @param bytes the size of all files together
     */
    @Schema(name = "AuditedFiles")
    record FilesJson(long count, long bytes) {}

    static AuditJson of(AuditReport report) {
        return new AuditJson(
                report.getClean(),
                report.getEvents(),
                report.getChecksList().stream()
                        .map(check -> new CheckJson(
                                check.getInvariant(), check.getTitle(), check.getChecked(), check.getViolations()))
                        .toList(),
                report.getViolationsList().stream()
                        .map(violation -> new ViolationJson(
                                violation.getInvariant(),
                                violation.getPosition(),
                                violation.getSubject(),
                                violation.getDetail()))
                        .toList(),
                report.getViewsList().stream()
                        .map(view -> new AuditedViewJson(
                                view.getName(), view.getPosition(), view.getDocuments(), view.getDigest()))
                        .toList(),
                report.getLettersList().stream()
                        .map(queue ->
                                new AuditedLettersJson(queue.getQueue(), queue.getLetters(), queue.getSequences()))
                        .toList(),
                new FilesJson(report.getFiles(), report.getFileBytes()),
                report.getTookMillis());
    }
}
