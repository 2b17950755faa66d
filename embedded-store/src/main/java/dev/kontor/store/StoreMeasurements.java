package dev.kontor.store;

/**
 * A store at one moment. Group sizes and the time of syncs are told to its {@link StoreListener}.
 *
 * @param head the position of the last event, -1 for none
 * @param waitingRequests units of work that wait for the disk
 * @param waitingBytes of them
 * @param overloads writes refused since opening because too much was waiting
 * @param refusedFull writes refused since opening because the disk was full
 * @param backgroundErrors of RocksDB since opening, in what it does beside the writes
 * @param diskBytes of all files of the database
 * @param usableBytes left on its disk
 */
public record StoreMeasurements(
        long head,
        int waitingRequests,
        long waitingBytes,
        long overloads,
        long refusedFull,
        long backgroundErrors,
        long diskBytes,
        long usableBytes) {}
