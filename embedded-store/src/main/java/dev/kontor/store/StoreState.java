package dev.kontor.store;

/** What can be done with a store. */
public enum StoreState {
    /** All. */
    OPEN,
    /** It can be read; writes are refused until there is room on the disk again. */
    FULL,
    /** It can be read; a write failed, here or on the way from RocksDB's memory to its files, and it must be opened again. */
    STOPPED,
    /** Nothing. */
    CLOSED
}
