package dev.kontor.store;

import java.nio.file.Path;

/** Another process, or this one, has the folder open. */
public final class StoreInUseException extends RuntimeException {

    /** @param cause may be null */
    public StoreInUseException(Path folder, Throwable cause) {
        super(
                "The folder %s is in use by another process, or twice by this one. Stop the other first, or choose another folder."
                        .formatted(folder.toAbsolutePath()),
                cause);
    }
}
