package dev.kontor.standalone.operations;

import java.nio.file.Path;

/** Where the one JVM keeps what must last. */
public record DataFolder(Path root) {

    /** The log and what is kept beside it. */
    Path book() {
        return root.resolve("book");
    }

    /** What is read off the log; may be deleted. */
    Path views() {
        return root.resolve("views");
    }

    /** The key ring. */
    Path keys() {
        return root.resolve("keys");
    }
}
