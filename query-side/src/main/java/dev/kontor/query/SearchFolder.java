package dev.kontor.query;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where this process keeps its search index. What is in it can be read from the log again.
 *
 * @param isTemporary whether it is deleted at the end
 */
public record SearchFolder(Path path, boolean isTemporary) implements AutoCloseable {

    public SearchFolder(Path path) {
        this(path, false);
    }

    public static SearchFolder temporary() throws IOException {
        return new SearchFolder(Files.createTempDirectory("kontor-search"), true);
    }

    @Override
    public void close() throws IOException {
        if (!isTemporary || !Files.exists(path)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> found = Files.walk(path)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
