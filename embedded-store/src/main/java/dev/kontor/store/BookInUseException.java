package dev.kontor.store;

import java.nio.file.Path;

/** Another process has this folder open. */
public final class BookInUseException extends RuntimeException {

    BookInUseException(Path folder, Throwable cause) {
        super("The folder %s is in use by another process. Stop that one first, or choose another folder."
                .formatted(folder.toAbsolutePath()), cause);
    }
}
