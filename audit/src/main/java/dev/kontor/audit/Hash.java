package dev.kontor.audit;

import java.util.List;
import java.util.Map;

/**
 * 64-bit hashes of values in payloads and documents. The order of fields does not count, that of list members does. An
 * empty sub-document counts as absent, because both mean the same.
 */
public final class Hash {

    private static final long START = 0xCBF29CE484222325L;
    private static final long STEP = 0x100000001B3L;

    private Hash() {}

    /** Spreads the information of a number over all of its bits. */
    public static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    public static long text(String text) {
        long hash = START;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * STEP;
        }
        return mix(hash + text.length());
    }

    static long bytes(byte[] bytes, long seed) {
        long hash = START ^ seed;
        for (byte b : bytes) {
            hash = (hash ^ b & 0xFF) * STEP;
        }
        return mix(hash + bytes.length + seed);
    }

    /** A field's contribution to the sum of its document. */
    public static long field(String name, Object value) {
        if (value instanceof Map<?, ?> map && map.isEmpty()) {
            return 0;
        }
        return mix(text(name) + Long.rotateLeft(of(value), 32) * STEP);
    }

    /** Different for different types of the same number: a reader of a Long does not read an Integer. */
    public static long of(Object value) {
        return switch (value) {
            case null -> 1;
            case String text -> text(text);
            case Long number -> mix(number + 2 * START);
            case Boolean truth -> truth ? 3 : 5;
            case Payload payload -> mix(payload.sum() + 7 * START);
            case Map<?, ?> map -> mix(sum(map) + 7 * START);
            case List<?> list -> list(list);
            case Integer number -> mix(number + 11 * START);
            case Double number -> mix(Double.doubleToLongBits(number) + 13 * START);
            case byte[] bytes -> bytes(bytes, START);
            default -> mix(text(value.getClass().getName()) + text(value.toString()));
        };
    }

    private static long list(List<?> list) {
        long hash = 17 * START;
        for (Object member : list) {
            hash = mix(hash + of(member));
        }
        return hash;
    }

    private static long sum(Map<?, ?> map) {
        long sum = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            sum += field(String.valueOf(entry.getKey()), entry.getValue());
        }
        return sum;
    }
}
