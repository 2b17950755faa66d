package dev.kontor.store;

/** Which operations a store allows. */
public enum StoreState {
    /** Reads and writes. */
    OPEN,
    /** Reads only; writes are refused until the disk has free space again. */
    FULL,
    /** Reads only, until it is opened again: a write failed, or RocksDB's transfer from memory to its files. */
    STOPPED,
    /** None. */
    CLOSED
}
