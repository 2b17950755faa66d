package dev.kontor.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders (0700) and files (0600) that the user who runs Kontor can read, and no other user of the machine. On a file
 * system without such permissions nothing is set.
 *
 * <p>RocksDB makes its files with the process's umask, so it is the folder around them that keeps others out.
 */
public final class PrivateFiles {

    private static final Logger log = LoggerFactory.getLogger(PrivateFiles.class);
    private static final Set<PosixFilePermission> OF_ANYBODY = PosixFilePermissions.fromString("------rwx");
    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private PrivateFiles() {}

    /**
     * Makes a folder that only its owner can enter; missing parents are made as any other program makes them. Of a
     * folder that is there already, other users lose their access, also to the files in it, and the log says so. Of a link to
     * a folder that folder is meant.
     *
     * @throws IOException where it is there and no folder, or cannot be made
     */
    public static void createFolder(Path folder) throws IOException {
        if (makeFolder(folder)) {
            return;
        }
        Path real = folder.toRealPath();
        boolean wasOpen = isOpenToOthers(real);
        boolean closed = close(real);
        try (Stream<Path> files = Files.list(real)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                closed |= close(file);
            }
        }
        // Nothing is said where only files were open: other users do not reach the files of a private folder.
        tell(folder, wasOpen && closed);
    }

    /** As {@link #createFolder}, for a folder whose files are not all Kontor's: they are left as they are. */
    public static void createFolderAlone(Path folder) throws IOException {
        if (!makeFolder(folder)) {
            tell(folder, close(folder.toRealPath()));
        }
    }

    private static void tell(Path folder, boolean closed) {
        if (closed) {
            log.warn("other users of this machine had access to {}; from now on its owner alone has it", folder);
        }
    }

    /** Whether it was not there before. */
    private static boolean makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return false;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(folder, attributes(folder, "rwx------"));
            return true;
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Opens a file, which only its owner can read where it is made by this; one that is there already is made so.
     *
     * @param options with one of those that make it
     */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        FileChannel channel = FileChannel.open(file, Set.of(options), attributes(file, "rw-------"));
        close(file);
        return channel;
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Whether it was open to others, and is not any more. */
    private static boolean close(Path path) throws IOException {
        if (!isPosix(path) || Files.isSymbolicLink(path)) {
            return false;
        }
        Set<PosixFilePermission> present = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (Collections.disjoint(present, OF_OTHERS)) {
            return false;
        }
        Set<PosixFilePermission> own = EnumSet.copyOf(present);
        own.removeAll(OF_OTHERS);
        try {
            Files.setPosixFilePermissions(path, own);
            return true;
        } catch (IOException e) {
            // A volume's root is often another user's, who lets Kontor in by its group. What Kontor makes in it is
            // private all the same.
            if (!Collections.disjoint(present, OF_ANYBODY)) {
                log.warn("other users have access to {}, and that cannot be changed: {}", path, e.toString());
            }
            return false;
        }
    }

    /** Whether users other than its owner can do anything with it. */
    public static boolean isOpenToOthers(Path path) throws IOException {
        return isPosix(path) && !Collections.disjoint(Files.getPosixFilePermissions(path), OF_OTHERS);
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
