package dev.kontor.standalone.tools.backup;

import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.store.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two tools, also of two processes, from working in the same folder at the same time. */
final class OneAtATime {

    private OneAtATime() {}

    /**
     * Locks a file until the channel is closed, and creates the file where it is missing.
     *
     * @param otherwise the message where another tool has locked the file
     * @throws ToolException where another tool has locked the file
     */
    static FileChannel lock(Path file, String otherwise) throws IOException {
        FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // Another tool may end and remove the file after it was opened here: then other tools do not see this lock.
        if (!isOurs(channel) || !Files.exists(file)) {
            channel.close();
            throw new ToolException(otherwise);
        }
        return channel;
    }

    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException elsewhereInThisProcess) {
            return false;
        }
    }
}
