package dev.kontor.gateway.operations;

import dev.kontor.proto.operations.AuditReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * What an audit has found.
 *
 * @param events that were folded
 * @param violations the first ones, where there are very many; the checks count all
 */
@Schema(name = "AuditReport")
record AuditJson(
        boolean clean,
        long events,
        List<CheckJson> checks,
        List<ViolationJson> violations,
        List<AuditedViewJson> views,
        FilesJson files,
        long tookMillis) {

    /** @param invariant I1 to I7, or a room */
    @Schema(name = "AuditCheck")
    record CheckJson(String invariant, String title, long checked, long violations) {}

    /**
     * @param position the event's in the log, -1 where it is about no one event
     * @param subject which aggregate or document
     */
    @Schema(name = "AuditViolation")
    record ViolationJson(String invariant, long position, String subject, String detail) {}

    /**
     * @param position events of the log that the view has read
     * @param digest of all documents: equal views have equal digests
     */
    @Schema(name = "AuditedView")
    record AuditedViewJson(String name, long position, long documents, String digest) {}

    /**
     * The files of the log, of which every block was verified.
     *
     * @param bytes of all of them together
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
                new FilesJson(report.getFiles(), report.getFileBytes()),
                report.getTookMillis());
    }
}
