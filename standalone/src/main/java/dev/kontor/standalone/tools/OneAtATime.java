package dev.kontor.standalone.tools;

import dev.kontor.store.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two tools, also of several processes, from working in the same place. */
final class OneAtATime {

    private OneAtATime() {}

    /**
     * Locks a file, making it where it is missing, until the channel is closed.
     *
     * @param otherwise what is said where another has it
     * @throws ToolException where another has it
     */
    static FileChannel lock(Path file, String otherwise) throws IOException {
        FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // The one who had it may have removed it, and is done, after it was opened here: then it locks nothing.
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
