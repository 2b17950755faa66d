package dev.kontor.store.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Some events and views of them, in a folder of the test. */
abstract class ViewsOnDisk {

    private static final Comparator<Path> DEEPEST_FIRST = Comparator.reverseOrder();

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    Views views;

    @BeforeEach
    void some_events_and_a_view_of_them() {
        views = opened(new Views(folder.resolve("data")));
        views.happen(3);
        views.write("one", 1);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    <T extends AutoCloseable> T opened(T part) {
        open.add(part);
        return part;
    }

    void stop() {
        views.close();
        open.remove(views);
    }

    /** Stops it with everything in tables: opening again moves the content of the write-ahead log there. */
    void stopWithTables() {
        views.reopen();
        stop();
    }

    /** The state of a folder as a kill would leave it: nothing is closed. */
    static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        return to;
    }

    static void delete(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(DEEPEST_FIRST).toList()) {
                Files.delete(path);
            }
        }
    }

    Path file(String suffix) throws IOException {
        try (Stream<Path> all = Files.list(views.folder())) {
            return all.filter(path -> path.toString().endsWith(suffix))
                    .max(Comparator.comparing(path -> path.toFile().length()))
                    .orElseThrow();
        }
    }

    boolean isFreshWhenReopened() {
        views = opened(new Views(folder.resolve("data")));
        boolean fresh = views.files().isFresh();
        assertThat(views.ids().isEmpty()).isEqualTo(fresh);
        // In either case it can be used, and is kept at the next start.
        views.write("after", 1);
        views.reopen();
        assertThat(views.files().isFresh()).isFalse();
        assertThat(views.find("after")).isEqualTo(1);
        return fresh;
    }
}
