package dev.kontor.standalone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.ToolProcess;
import java.nio.file.Path;

/** Runs {@code ./kontor audit}: on a stopped folder, or on a checkpoint of a running Kontor. */
final class AuditTool {

    /** @param said both of its outputs */
    record Verdict(int exitCode, String said) {}

    private AuditTool() {}

    static Verdict verdictOn(Path data) {
        try (ToolProcess tool = ToolProcess.begin("audit", "--data", data)) {
            return new Verdict(tool.exitCode(), tool.said());
        }
    }

    /** @throws AssertionError with its output, if it is not clean */
    static void findsNothingIn(Path data) {
        Verdict verdict = verdictOn(data);
        assertThat(verdict.exitCode())
                .as("the audit of %s:%n%s", data, verdict.said())
                .isZero();
    }
}
