package dev.kontor.standalone;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.kontor.standalone.platform.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * The packaged application, extracted and with a recorded start, as the launcher prepares it: so each of the many
 * starts of these tests takes half the time. Made once for a jar, by one of the test JVMs.
 */
public final class Packaged {

    private static final Duration UNTIL_RECORDED = Duration.ofMinutes(5);

    private static final String BEANS_FROM_CODE = "-Dspring.aot.enabled=true";

    private static Packaged made;

    private final Path folder;

    private Packaged(Path folder) {
        this.folder = folder;
    }

    /** The JVM's arguments to run it. */
    static synchronized List<String> program() {
        Packaged packaged = get();
        return Stream.concat(
                        packaged.options().stream(),
                        Stream.of(BEANS_FROM_CODE, "-jar", packaged.jar().toString()))
                .toList();
    }

    /** As {@link #program}, for settings that add beans: they are searched at the start. */
    public static List<String> programThatSearchesBeans() {
        return program().stream()
                .filter(argument -> !argument.equals(BEANS_FROM_CODE))
                .toList();
    }

    public static synchronized Packaged get() {
        if (made == null) {
            try {
                made = in(Path.of(KontorProcess.jar()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return made;
    }

    private static Packaged in(Path jar) throws IOException {
        Packaged packaged = new Packaged(jar.resolveSibling("recorded"));
        // Closing the channel releases the lock.
        try (FileChannel alone = FileChannel.open(jar.resolveSibling("recorded.lock"), CREATE, WRITE)) {
            alone.lock();
            if (!Files.exists(packaged.recording())
                    || Files.getLastModifiedTime(jar).compareTo(Files.getLastModifiedTime(packaged.recording())) > 0) {
                Folders.delete(packaged.folder);
                packaged.unpack(jar);
                packaged.record();
            }
        }
        return packaged;
    }

    /** Its jar; the libraries are beside it. */
    public Path jar() {
        return folder.resolve("kontor-app.jar");
    }

    /** For the JVM, whose class path must begin with {@link #jar}. */
    public List<String> options() {
        return List.of(
                "-XX:AOTCache=" + recording(),
                "-Xlog:aot=off",
                "-Xlog:cds=off",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                nativeLibraries());
    }

    private String nativeLibraries() {
        return "-Djava.library.path=" + folder.resolve("native");
    }

    private Path recording() {
        return folder.resolve("start.aot");
    }

    private void unpack(Path from) throws IOException {
        Process unpacking = new ProcessBuilder(
                        KontorProcess.java(),
                        "-Djarmode=tools",
                        "-jar",
                        from.toString(),
                        "extract",
                        "--destination",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(unpacking.getInputStream().readAllBytes());
        if (unpacking.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("The jar could not be unpacked: " + said);
        }
        unpackLibrary();
    }

    private void unpackLibrary() throws IOException {
        String name = Environment.getJniLibraryFileName("rocksdb");
        Path library = Files.createDirectory(folder.resolve("native")).resolve(name);
        try (InputStream inJar = RocksDB.class.getResourceAsStream("/" + name)) {
            Files.copy(inJar, library);
        }
    }

    private void record() throws IOException {
        Path data = Files.createTempDirectory("kontor-recorded");
        Path unfinished = folder.resolve("start.new");
        List<String> program = List.of(
                "-XX:AOTCacheOutput=" + unfinished, nativeLibraries(), BEANS_FROM_CODE, "-jar", jar().toString());
        try (KontorProcess kontor = KontorProcess.begin(program, data, Map.of(), "--kontor.demo=true")
                .untilReady()) {
            kontor.stop();
            kontor.exitCode(UNTIL_RECORDED);
            if (!Files.exists(unfinished)) {
                throw new IllegalStateException("The start was not recorded:\n" + kontor.output());
            }
        } finally {
            Folders.delete(data);
        }
        Files.move(unfinished, recording(), ATOMIC_MOVE);
    }
}
