package dev.kontor.store;

import java.nio.file.Path;

/**
 * The disk has less room left than the store keeps free. Nothing of the refused write is in the store; reads go on, and so
 * do writes as soon as there is room again.
 */
public final class StoreFullException extends RuntimeException {

    StoreFullException(Path folder, long usableBytes, long reserveBytes) {
        super("The disk of %s is full: %,d MiB are left, and %,d MiB must stay free"
                .formatted(folder, usableBytes >> 20, reserveBytes >> 20));
    }
}
