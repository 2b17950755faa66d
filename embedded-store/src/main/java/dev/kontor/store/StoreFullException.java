package dev.kontor.store;

import java.nio.file.Path;

/**
 * The disk has less free space than the store reserves. The store has nothing of the refused write; reads continue, and
 * writes resume as soon as there is space again.
 */
public final class StoreFullException extends RuntimeException {

    StoreFullException(Path folder, long usableBytes, long reserveBytes) {
        super("The disk of %s is full: %,d MiB are left, and %,d MiB must stay free"
                .formatted(folder, usableBytes >> 20, reserveBytes >> 20));
    }
}
