package dev.kontor.standalone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.ToolProcess;
import java.nio.file.Path;

/** The shop's own audit, as {@code ./kontor audit} runs it: on a folder as it lies, or on a copy of a running one's. */
final class AuditTool {

    /** @param said both of its outputs */
    record Verdict(int exitCode, String said) {}

    private AuditTool() {}

    static Verdict verdictOn(Path data) {
        try (ToolProcess tool = ToolProcess.begin("audit", "--data", data)) {
            return new Verdict(tool.exitCode(), tool.said());
        }
    }

    /** @throws AssertionError with what it says, where it is not clean */
    static void findsNothingIn(Path data) {
        Verdict verdict = verdictOn(data);
        assertThat(verdict.exitCode())
                .as("the audit of %s:%n%s", data, verdict.said())
                .isZero();
    }
}
