package dev.kontor.standalone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.KontorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The shop's own audit, as {@code ./kontor audit} runs it: on a folder as it lies, or on a copy of a running one's. */
final class AuditTool {

    /** @param said both of its outputs */
    record Verdict(int exitCode, String said) {}

    private AuditTool() {}

    static Verdict verdictOn(Path data) {
        List<String> command = List.of(
                KontorProcess.java(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                KontorProcess.jar(),
                "audit",
                "--data",
                data.toString());
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            return new Verdict(process.onExit().join().exitValue(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
