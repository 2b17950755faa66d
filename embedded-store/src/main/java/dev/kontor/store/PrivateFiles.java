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
 * Creates folders (0700) and files (0600) that only the user who runs Kontor can read. On a file system without such
 * permissions it sets none.
 *
 * <p>RocksDB creates its files with the process's umask, so the folder around them has to exclude other users.
 */
public final class PrivateFiles {

    private static final Logger log = LoggerFactory.getLogger(PrivateFiles.class);
    private static final Set<PosixFilePermission> OF_WORLD = PosixFilePermissions.fromString("------rwx");
    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private PrivateFiles() {}

    /**
     * Creates a folder that only its owner can enter; missing parents get default permissions. Other users lose their
     * access to an existing folder and to its files, which is logged. A link to a folder is followed.
     *
     * @throws IOException if the path exists and is no folder, or cannot be created
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
        // Open files alone are not logged: other users do not reach the files of a private folder.
        tell(folder, wasOpen && closed);
    }

    /**
     * As {@link #createFolder}, for a folder whose files are not all Kontor's: it leaves their permissions as they are.
     */
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

    /** Whether the folder was created by this call. */
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
     * Opens a file and creates it readable by its owner only; an existing one gets the same permissions.
     *
     * @param options including one that creates the file
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

    /** Whether the path was accessible to others before this call. */
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
            // The root of a volume often belongs to another user, and Kontor has access by its group. What Kontor
            // creates in it is still private.
            if (!Collections.disjoint(present, OF_WORLD)) {
                log.warn("other users have access to {}, and that cannot be changed: {}", path, e.toString());
            }
            return false;
        }
    }

    /** Whether users other than its owner have any permission on it. */
    public static boolean isOpenToOthers(Path path) throws IOException {
        return isPosix(path) && !Collections.disjoint(Files.getPosixFilePermissions(path), OF_OTHERS);
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
