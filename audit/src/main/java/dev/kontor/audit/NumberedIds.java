package dev.kontor.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Numbers names from 0, in the order of their first use, and keeps 16 bytes of each: a UUID or a 128-bit hash. */
public final class NumberedIds {

    private static final int UUID_LENGTH = 36;
    /** The value of a character, -1 if it is no digit. */
    private static final byte[] HEX = new byte['f' + 1];

    static {
        Arrays.fill(HEX, (byte) -1);
        for (int digit = 0; digit < 16; digit++) {
            HEX[Character.forDigit(digit, 16)] = (byte) digit;
        }
    }

    private long[] high = new long[1024];
    private long[] low = new long[1024];
    /** Number + 1 at the index of its hash, 0 if the slot is free. */
    private int[] table = new int[4096];

    private int size;
    /** A cache of the last lookup, because all judges of an event look up the same name. */
    private String lastName = "";

    private int lastNumber = -1;

    /** The stored form of a name. */
    private record Key(long high, long low) {

        static Key of(String name) {
            return name.length() == UUID_LENGTH && hasDashes(name) ? ofUuid(name) : hashed(name);
        }

        private static boolean hasDashes(String name) {
            return name.charAt(8) == '-' && name.charAt(13) == '-' && name.charAt(18) == '-' && name.charAt(23) == '-';
        }

        private static Key ofUuid(String name) {
            long first = hex(name, 0, 8);
            long second = hex(name, 9, 13);
            long third = hex(name, 14, 18);
            long fourth = hex(name, 19, 23);
            long fifth = hex(name, 24, UUID_LENGTH);
            return (first | second | third | fourth | fifth) < 0
                    ? hashed(name)
                    : new Key(first << 32 | second << 16 | third, fourth << 48 | fifth);
        }

        private static Key hashed(String name) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            return new Key(Hash.bytes(bytes, 0x9E3779B97F4A7C15L), Hash.bytes(bytes, 0xC2B2AE3D27D4EB4FL));
        }

        /** Below 0 for anything but digits in lower case: another spelling is another name. */
        private static long hex(String name, int from, int to) {
            long value = 0;
            long wrong = 0;
            for (int i = from; i < to; i++) {
                char c = name.charAt(i);
                long digit = c < HEX.length ? HEX[c] : -1;
                wrong |= digit;
                value = value << 4 | digit;
            }
            return wrong < 0 ? -1 : value;
        }

        int place(int mask) {
            return (int) Hash.mix(high ^ Long.rotateLeft(low, 32)) & mask;
        }
    }

    /** The number of a name. A new name gets the previous {@link #size()}. */
    public int of(String name) {
        if (lastNumber >= 0 && lastName.equals(name)) {
            return lastNumber;
        }
        Key key = Key.of(name);
        int place = placeOf(key);
        if (table[place] != 0) {
            return remember(name, table[place] - 1);
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
        return remember(name, size - 1);
    }

    private int remember(String name, int number) {
        lastName = name;
        lastNumber = number;
        return number;
    }

    /** The number of a name, -1 for an unknown one. */
    public int find(String name) {
        return lastNumber >= 0 && lastName.equals(name) ? lastNumber : remember(name, table[placeOf(Key.of(name))] - 1);
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
