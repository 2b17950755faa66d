package dev.kontor.store;

/**
 * Bounds on the store's use of the machine.
 *
 * @param reserveBytes the space that stays free on the disk: below it writes are refused, and RocksDB can still
 *     move earlier writes from its write-ahead log to its tables, which needs up to 128 MiB and as much again for
 *     compaction
 * @param waitingBytes how much may wait for the disk in memory before more is refused; a single larger write waits
 *     alone
 */
public record StoreSettings(long reserveBytes, long waitingBytes) {

    /** 512 MiB on the disk, 64 MiB in memory. */
    public static final StoreSettings DEFAULT = new StoreSettings(512L << 20, 64L << 20);

    /** @throws IllegalArgumentException for a negative reserve, and for waiting bytes outside of 1 to 2,147,483,647 */
    public StoreSettings {
        if (reserveBytes < 0) {
            throw new IllegalArgumentException(
                    "The reserve on the disk must not be negative, as %d is".formatted(reserveBytes));
        }
        if (waitingBytes < 1 || waitingBytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "What may wait for the disk must be 1 to 2,147,483,647 bytes, not %d".formatted(waitingBytes));
        }
    }

    public StoreSettings withReserveBytes(long bytes) {
        return new StoreSettings(bytes, waitingBytes);
    }
}
