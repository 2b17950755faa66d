package dev.kontor.store;

/**
 * The measurements of a store at one moment. Its {@link StoreListener} receives group sizes and the time of syncs.
 *
 * @param head the position of the last event, -1 for none
 * @param waitingRequests units of work that wait for the disk
 * @param waitingBytes of them
 * @param overloads writes refused since opening because too much was waiting
 * @param refusedFull writes refused since opening because the disk was full
 * @param backgroundErrors of RocksDB's background work since opening
 * @param diskBytes of all files of the database
 * @param usableBytes free on its disk
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
