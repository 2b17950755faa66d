package dev.kontor.store;

/** A write failed. Until the next opening has determined what is on the disk, the store refuses writes. */
public final class StoreStoppedException extends StoreException {

    StoreStoppedException(Throwable cause) {
        super(
                "The event store takes no more writes until it is opened again, because one failed: "
                        + cause.getMessage(),
                cause);
    }
}
