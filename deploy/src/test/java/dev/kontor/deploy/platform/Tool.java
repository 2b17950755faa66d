package dev.kontor.deploy.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A program of this machine. */
final class Tool {

    private Tool() {}

    /** Its exit code, its standard output, and its error output. */
    record Answer(int code, String output, String complaints) {}

    /** @return false if the program is not installed, or cannot do what the arguments ask */
    static boolean works(String... command) {
        try {
            return run(command).code() == 0;
        } catch (UncheckedIOException notThere) {
            return false;
        }
    }

    /** @return the program's output, empty if it is not installed */
    static String outputOrNothing(String... command) {
        try {
            return run(command).output();
        } catch (UncheckedIOException notThere) {
            return "";
        }
    }

    /** Skips the test, and reports it visibly. */
    static void skipUnless(boolean possible, String why) {
        if (!possible) {
            System.out.println("SKIPPED: " + why);
            Assumptions.abort(why);
        }
    }

    static Answer run(String... command) {
        try {
            Path complaints = Files.createTempFile("complaints", ".txt");
            try {
                Process process = new ProcessBuilder(command)
                        .directory(Project.ROOT.toFile())
                        .redirectError(complaints.toFile())
                        .start();
                process.getOutputStream().close();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Answer(process.waitFor(), output, Files.readString(complaints));
            } finally {
                Files.delete(complaints);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command[0] + " ran", e);
        }
    }
}
