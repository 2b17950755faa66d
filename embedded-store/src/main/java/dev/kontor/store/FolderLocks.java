package dev.kontor.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which folders have an open database. Folders of this process are remembered and never probed: the operating system
 * drops a process's lock as soon as that process closes any handle of the locked file.
 */
final class FolderLocks {

    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private FolderLocks() {}

    /**
     * @param folder its real path
     * @return whether this process did not hold it before
     */
    static boolean hold(Path folder) {
        return OURS.add(folder);
    }

    static void release(Path folder) {
        OURS.remove(folder);
    }

    static boolean isHeld(Path folder) throws IOException {
        Path lock = folder.resolve("LOCK");
        if (!Files.exists(lock)) {
            return false;
        }
        if (OURS.contains(folder.toRealPath())) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.READ);
                FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return shared == null;
        }
    }
}
