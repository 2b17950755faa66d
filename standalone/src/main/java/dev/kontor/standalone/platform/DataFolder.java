package dev.kontor.standalone.platform;

import dev.kontor.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the one JVM keeps what must last. */
public record DataFolder(Path root) {

    private static final Logger log = LoggerFactory.getLogger(DataFolder.class);
    private static final Set<String> OURS = Set.of(
            "log",
            "views",
            "keys",
            "checkpoints",
            "restoring",
            "restoring.lock",
            "operator.token",
            "operator.token.new",
            "master.key",
            "signing.key",
            "master.key.next",
            "signing.key.next",
            "master.key.new",
            "signing.key.new",
            "master.key.next.new",
            "signing.key.next.new",
            // What file systems, image builds and desktops leave in any folder.
            "lost+found",
            ".keep",
            ".DS_Store");

    /**
     * The folder that a setting or an option names. Nothing in the name is replaced but a {@code ~} at its beginning, which
     * no shell replaces in {@code --data=~/kontor}.
     *
     * @throws IllegalArgumentException for what is no name of a folder
     */
    public static DataFolder at(String name) {
        return new DataFolder(path(name));
    }

    /**
     * A path as people write it, absolute.
     *
     * @throws IllegalArgumentException for what is no path
     */
    public static Path path(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a folder or file is empty");
        }
        boolean inHome = name.equals("~") || name.startsWith("~/");
        String full = inHome ? home() + name.substring(1) : name;
        try {
            return Path.of(full).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'%s' is no path".formatted(name), e);
        }
    }

    /** As the shell sees it, and without a shell as the system does. */
    private static String home() {
        String given = System.getenv("HOME");
        return given == null || given.isEmpty() ? System.getProperty("user.home") : given;
    }

    /**
     * Makes it, for its owner alone. One that is there is closed to other users of the machine, unless it has things in it
     * that are not Kontor's: then only what is Kontor's in it is closed, where it is opened.
     *
     * @throws IOException where it cannot be made, or is no folder
     */
    public void create() throws IOException {
        Optional<String> foreign = Files.isDirectory(root) ? foreign() : Optional.empty();
        if (foreign.isEmpty()) {
            PrivateFiles.createFolderAlone(root);
        } else if (PrivateFiles.isOpenToOthers(root)) {
            log.warn(
                    "other users of this machine have access to {}, which has other things in it, such as {}; "
                            + "what Kontor keeps there is its owner's alone",
                    root,
                    foreign.get());
        }
    }

    private Optional<String> foreign() throws IOException {
        try (Stream<Path> present = Files.list(root)) {
            return present.map(path -> path.getFileName().toString())
                    .filter(name -> !OURS.contains(name))
                    .findFirst();
        }
    }

    /** @throws IllegalStateException where an earlier version has made the folder, whose log this one does not read */
    public void refuseEarlierVersion() {
        if (Files.exists(root.resolve("book")) && !Files.exists(log())) {
            throw new IllegalStateException(
                    "An earlier version has made the data folder %s: export its log with that version, ".formatted(root)
                            + "and import the file into a new folder with this one");
        }
    }

    /** The log and what is kept beside it. */
    public Path log() {
        return root.resolve("log");
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
