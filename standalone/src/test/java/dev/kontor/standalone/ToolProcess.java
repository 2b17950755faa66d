package dev.kontor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tool as users run it: the packaged jar in a process of its own. */
public final class ToolProcess implements AutoCloseable {

    private static final Duration UNTIL_ENDED = Duration.ofSeconds(120);

    private final Process process;
    private final Path out;

    private ToolProcess(Process process, Path out) {
        this.process = process;
        this.out = out;
    }

    /** Runs it to its end, which must be a success. Returns its last line. */
    public static String run(Object... arguments) {
        try (ToolProcess tool = begin(arguments)) {
            int exitCode = tool.exitCode();
            assertThat(exitCode).as(tool.said()).isZero();
            return tool.lastLine();
        }
    }

    /** Starts it and does not wait. */
    public static ToolProcess begin(Object... arguments) {
        List<String> command = KontorProcess.command(Packaged.program());
        List.of(arguments).forEach(argument -> command.add(argument.toString()));
        try {
            Path out = Files.createTempFile("kontor-tool", ".out");
            return new ToolProcess(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .start(),
                    out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    public int exitCode() {
        try {
            if (!process.waitFor(UNTIL_ENDED.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The tool did not end within " + UNTIL_ENDED + ":\n" + said());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All output so far. */
    public String said() {
        try {
            return Files.readString(out, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String lastLine() {
        return said().lines().toList().getLast();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitCode();
        try {
            Files.delete(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
