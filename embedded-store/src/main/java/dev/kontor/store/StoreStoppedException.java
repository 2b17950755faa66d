package dev.kontor.store;

/** A write failed. What of it is on the disk only the next opening can tell, so until then the store takes no more. */
public final class StoreStoppedException extends StoreException {

    StoreStoppedException(Throwable cause) {
        super(
                "The event store takes no more writes until it is opened again, because one failed: "
                        + cause.getMessage(),
                cause);
    }
}
