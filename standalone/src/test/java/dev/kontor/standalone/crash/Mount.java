package dev.kontor.standalone.crash;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A file system for one test, where mounting is allowed; elsewhere the test is skipped and reports it. */
final class Mount implements AutoCloseable {

    private final Path folder;

    private Mount(Path folder) {
        this.folder = folder;
    }

    /** A disk of this size, in memory. */
    static Mount small(Path folder, int mebibytes) throws IOException {
        mountOrSkip("-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString());
        return new Mount(folder);
    }

    /** The same folder, read-only. */
    static Mount readOnly(Path folder) throws IOException {
        mountOrSkip("--bind", folder.toString(), folder.toString());
        Mount mount = new Mount(folder);
        mountOrSkip("-o", "remount,bind,ro", folder.toString());
        return mount;
    }

    private static void mountOrSkip(String... arguments) throws IOException {
        String said = run("mount", arguments);
        assumeTrue(said.isEmpty(), () -> "skipped, because nothing can be mounted here: " + said);
    }

    /** Its error output; empty if it worked. */
    private static String run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        int exitCode = process.onExit().join().exitValue();
        return exitCode == 0 ? "" : "%s ended with %d. %s".formatted(program, exitCode, said.strip());
    }

    @Override
    public void close() throws IOException {
        String said = run("umount", folder.toString());
        if (!said.isEmpty()) {
            throw new IOException(said);
        }
    }
}
