package dev.kontor.store;

/**
 * A checksum of index rows that does not depend on their order. So the rows that events require and the rows that exist
 * are compared by one sequential read of each, without a random lookup for every row.
 */
final class RowChecksum {

    private static final long START = 0xCBF29CE484222325L;
    private static final long STEP = 0x100000001B3L;

    private long rows;
    private long sum;

    void add(byte[] key, byte[] position) {
        rows++;
        sum += mix(hash(hash(START, key) + key.length, position));
    }

    boolean isEqualTo(RowChecksum other) {
        return rows == other.rows && sum == other.sum;
    }

    private static long hash(long start, byte[] bytes) {
        long hash = start;
        for (byte b : bytes) {
            hash = (hash ^ b & 0xFF) * STEP;
        }
        return hash;
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
