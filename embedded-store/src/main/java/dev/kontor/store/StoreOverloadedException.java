package dev.kontor.store;

/** More is waiting to be written than may wait. Nothing of the refused write is in the store; it can be tried again. */
public final class StoreOverloadedException extends RuntimeException {

    StoreOverloadedException(int requests, long bytes) {
        super("%,d writes are waiting for the disk already, %,d KiB".formatted(requests, bytes >> 10));
    }
}
