package dev.kontor.store.documents;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;

/**
 * The stored token of a segment of a view: the length of the type's name (2 bytes), the name, the serialized token. An
 * empty row is the beginning of the log.
 */
record TokenRow(String type, byte[] token) {

    private static final byte[] BEGINNING = {};

    static byte[] encode(TrackingToken token, Serializer serializer) {
        if (token == null) {
            return BEGINNING;
        }
        SerializedObject<byte[]> serialized = serializer.serialize(token, byte[].class);
        byte[] type = serialized.getType().getName().getBytes(StandardCharsets.UTF_8);
        byte[] data = serialized.getData();
        return ByteBuffer.allocate(Short.BYTES + type.length + data.length)
                .putShort((short) type.length)
                .put(type)
                .put(data)
                .array();
    }

    /** Null for the beginning of the log. */
    static TokenRow decode(byte[] row) {
        if (row.length == 0) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(row);
        byte[] type = new byte[bytes.getShort()];
        bytes.get(type);
        byte[] token = new byte[bytes.remaining()];
        bytes.get(token);
        return new TokenRow(new String(type, StandardCharsets.UTF_8), token);
    }

    TrackingToken read(Serializer serializer) {
        return serializer.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
    }
}
