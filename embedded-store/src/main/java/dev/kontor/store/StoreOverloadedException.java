package dev.kontor.store;

/** Too many writes are waiting. The store has nothing of the refused write; the caller can retry. */
public final class StoreOverloadedException extends RuntimeException {

    StoreOverloadedException(int requests, long bytes) {
        super("%,d writes are waiting for the disk already, %,d KiB".formatted(requests, bytes >> 10));
    }
}
