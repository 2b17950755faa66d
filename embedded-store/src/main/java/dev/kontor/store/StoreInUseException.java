package dev.kontor.store;

import java.nio.file.Path;

/** This folder is open already, in another process or in this one. */
public final class StoreInUseException extends RuntimeException {

    /** @param cause null where there is no other */
    public StoreInUseException(Path folder, Throwable cause) {
        super(
                "The folder %s is in use by another process, or twice by this one. Stop the other first, or choose another folder."
                        .formatted(folder.toAbsolutePath()),
                cause);
    }
}
