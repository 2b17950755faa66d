package dev.kontor.standalone.operations;

import java.nio.file.Path;

/** Where the one JVM keeps what must last. */
public record DataFolder(Path root) {

    /** The log and what is kept beside it. */
    public Path book() {
        return root.resolve("book");
    }

    /** What is read off the log; may be deleted. */
    public Path views() {
        return root.resolve("views");
    }

    /** The key ring. */
    public Path keys() {
        return root.resolve("keys");
    }

    /** Copies of a moment, each in a folder of its own, until whoever asked for one has removed it. */
    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** There while a restore is on its way: what else is there may be a part of it. */
    public Path restoring() {
        return root.resolve("restoring");
    }

    /** How the launcher's tools speak to the process that has this folder. */
    public Path operatorToken() {
        return root.resolve("operator.token");
    }
}
