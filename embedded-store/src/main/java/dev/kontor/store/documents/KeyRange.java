package dev.kontor.store.documents;

import java.util.Arrays;

/**
 * A range of index keys, the end exclusive.
 *
 * @param from null for the first one
 * @param to null for the end of the index
 */
public record KeyRange(byte[] from, byte[] to) {

    /** All keys with this prefix; every key if it is empty. */
    public static KeyRange beginningWith(byte[] prefix) {
        return prefix.length == 0 ? new KeyRange(null, null) : new KeyRange(prefix, behind(prefix));
    }

    /** The first key after all with this prefix; null for the end of the index. */
    private static byte[] behind(byte[] prefix) {
        int last = prefix.length - 1;
        while (last >= 0 && prefix[last] == (byte) 0xFF) {
            last--;
        }
        if (last < 0) {
            return null;
        }
        byte[] next = Arrays.copyOf(prefix, last + 1);
        next[last]++;
        return next;
    }

    /** The part from the first key that has this prefix or is greater. */
    public KeyRange from(byte[] prefix) {
        return from == null || Arrays.compareUnsigned(prefix, from) > 0 ? new KeyRange(prefix, to) : this;
    }

    /** The part up to the last key with this prefix. */
    public KeyRange to(byte[] prefix) {
        return before(behind(prefix));
    }

    /** The part after a key. */
    public KeyRange behindKey(byte[] key) {
        return from(Arrays.copyOf(key, key.length + 1));
    }

    /** The part before a key. */
    public KeyRange before(byte[] key) {
        return key != null && (to == null || Arrays.compareUnsigned(key, to) < 0) ? new KeyRange(from, key) : this;
    }

    boolean isEmpty() {
        return from != null && to != null && Arrays.compareUnsigned(from, to) >= 0;
    }
}
