package dev.kontor.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Encodes keys so that RocksDB's byte order is the intended order. */
final class KeyEncoding {

    private KeyEncoding() {}

    static byte[] text(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /** 8 bytes, big endian. */
    static byte[] position(long position) {
        return ByteBuffer.allocate(8).putLong(position).array();
    }

    static long position(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    /** The aggregate's id, a zero byte, and the sequence number: an aggregate's events are adjacent and in order. */
    static byte[] sequence(String aggregateId, long sequence) {
        byte[] id = text(aggregateId);
        return ByteBuffer.allocate(id.length + 9)
                .put(id)
                .put((byte) 0)
                .putLong(sequence)
                .array();
    }

    static long sequence(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - 8);
    }

    /** Whether a key made by {@link #sequence} belongs to this aggregate. */
    static boolean isOf(byte[] key, String aggregateId) {
        byte[] id = text(aggregateId);
        return key.length == id.length + 9 && key[id.length] == 0 && Arrays.equals(key, 0, id.length, id, 0, id.length);
    }
}
