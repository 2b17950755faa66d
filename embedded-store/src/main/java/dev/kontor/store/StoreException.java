package dev.kontor.store;

/** The store cannot be read or written: the disk, or damage. */
public sealed class StoreException extends RuntimeException permits StoreStoppedException {

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    StoreException(String message) {
        super(message);
    }
}
