package dev.kontor.standalone.platform;

import dev.kontor.grpc.platform.StartException;
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

/** The folder in which the standalone process keeps its data. */
public record DataFolder(Path root) {

    private static final Logger log = LoggerFactory.getLogger(DataFolder.class);
    private static final Set<String> OURS = Set.of(
            "log",
            "views",
            "search",
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
            // Files that file systems, image builds and desktops leave in any folder.
            "lost+found",
            ".keep",
            ".DS_Store");

    /**
     * The folder named by a setting or an option. Only a {@code ~} at the beginning is replaced, which no shell
     * replaces in {@code --data=~/kontor}.
     *
     * @throws StartException for an invalid name
     */
    public static DataFolder at(String name) {
        return new DataFolder(path(name));
    }

    /**
     * The absolute path of a name as users write it.
     *
     * @throws StartException for an invalid path
     */
    public static Path path(String name) {
        if (name.isBlank()) {
            throw new StartException("The name of a folder or file is empty");
        }
        boolean inHome = name.equals("~") || name.startsWith("~/");
        String full = inHome ? home() + name.substring(1) : name;
        try {
            return Path.of(full).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new StartException("'%s' is no path".formatted(name), e);
        }
    }

    /** The shell's home folder, else the system's. */
    private static String home() {
        String given = System.getenv("HOME");
        return given == null || given.isEmpty() ? System.getProperty("user.home") : given;
    }

    /**
     * Creates the folder, accessible to its owner only. Other users lose access to an existing one, unless it also has
     * foreign files: then only Kontor's own files become private, when they are opened.
     *
     * @throws IOException if it cannot be created, or is no folder
     */
    public void create() throws IOException {
        Optional<String> foreign = Files.isDirectory(root) ? foreign() : Optional.empty();
        if (foreign.isEmpty()) {
            PrivateFiles.createFolderAlone(root);
        } else if (PrivateFiles.isOpenToOthers(root)) {
            log.warn(
                    "other users of this machine have access to {}, which has other files in it, such as {}; "
                            + "Kontor's own files there are private to their owner",
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

    /** @throws StartException if an earlier version has made the folder, whose log this one does not read */
    public void refuseEarlierVersion() {
        if (Files.exists(root.resolve("book")) && !Files.exists(log())) {
            throw new StartException(
                    "An earlier version has made the data folder %s: export its log with that version, ".formatted(root)
                            + "and import the file into a new folder with this one");
        }
    }

    /** The log and the data beside it. */
    public Path log() {
        return root.resolve("log");
    }

    /** Derived from the log; may be deleted. */
    public Path views() {
        return root.resolve("views");
    }

    /** The search index. Derived from the log; may be deleted. */
    public Path search() {
        return root.resolve("search");
    }

    /** The key ring. */
    public Path keys() {
        return root.resolve("keys");
    }

    /** Checkpoints, each in a folder of its own, until its requester removes it. */
    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** Exists during a restore: the other files may then be incomplete. */
    public Path restoring() {
        return root.resolve("restoring");
    }

    /** The address and token for the launcher's tools. */
    public Path operatorToken() {
        return root.resolve("operator.token");
    }
}
