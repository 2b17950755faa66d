package dev.kontor.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Numbers names from 0, in the order in which they are first seen, and keeps 16 bytes of each: a UUID as it is, anything
 * else as a hash of 128 bits.
 */
public final class Ids {

    private static final int UUID_LENGTH = 36;

    private long[] high = new long[1024];
    private long[] low = new long[1024];
    /** Number + 1 at the place of its hash, 0 where the place is free. */
    private int[] table = new int[4096];

    private int size;

    /** What a name is kept as. */
    private record Key(long high, long low) {

        static Key of(String name) {
            if (name.length() == UUID_LENGTH) {
                long high = hex(name, 0, 8) << 32 | hex(name, 9, 13) << 16 | hex(name, 14, 18);
                long low = hex(name, 19, 23) << 48 | hex(name, 24, 36);
                // Written back it must be the same: another spelling is another name.
                if (isSpelled(name)) {
                    return new Key(high, low);
                }
            }
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            return new Key(Hash.bytes(bytes, 0x9E3779B97F4A7C15L), Hash.bytes(bytes, 0xC2B2AE3D27D4EB4FL));
        }

        private static boolean isSpelled(String name) {
            for (int i = 0; i < UUID_LENGTH; i++) {
                char c = name.charAt(i);
                boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
                if (dash ? c != '-' : (c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                    return false;
                }
            }
            return true;
        }

        private static long hex(String name, int from, int to) {
            long value = 0;
            for (int i = from; i < to; i++) {
                char c = name.charAt(i);
                value = value << 4 | (c <= '9' ? c - '0' : c - 'a' + 10) & 0xF;
            }
            return value;
        }

        int place(int mask) {
            return (int) Hash.mix(high ^ Long.rotateLeft(low, 32)) & mask;
        }
    }

    /** The number of a name, a new one where it was not seen yet: then it is {@link #size()} as it was before. */
    public int of(String name) {
        Key key = Key.of(name);
        int place = placeOf(key);
        if (table[place] != 0) {
            return table[place] - 1;
        }
        if (size == high.length) {
            int longer = size + (size >> 1);
            high = Arrays.copyOf(high, longer);
            low = Arrays.copyOf(low, longer);
        }
        high[size] = key.high;
        low[size] = key.low;
        table[place] = ++size;
        if (size > table.length / 2) {
            grow();
        }
        return size - 1;
    }

    /** The number of a name, -1 where it was never seen. */
    public int find(String name) {
        return table[placeOf(Key.of(name))] - 1;
    }

    public int size() {
        return size;
    }

    /** The name with this number, which must be a UUID. */
    public String uuid(int number) {
        return new UUID(high[number], low[number]).toString();
    }

    private int placeOf(Key key) {
        int mask = table.length - 1;
        int place = key.place(mask);
        while (table[place] != 0 && (high[table[place] - 1] != key.high || low[table[place] - 1] != key.low)) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        table = new int[table.length * 2];
        for (int number = 0; number < size; number++) {
            table[placeOf(new Key(high[number], low[number]))] = number + 1;
        }
    }
}
