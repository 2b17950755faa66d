package dev.kontor.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;

/**
 * A serialized object in a row, with its associations.
 *
 * @param type the serializer's name for it
 * @param revision null if there is none
 */
record StoredObject(String type, String revision, byte[] data, Set<AssociationValue> associations) {

    private static final byte FORMAT = 1;

    static StoredObject of(Object object, Set<AssociationValue> associations, Serializer serializer) {
        SerializedObject<byte[]> serialized = serializer.serialize(object, byte[].class);
        return new StoredObject(
                serialized.getType().getName(),
                serialized.getType().getRevision(),
                serialized.getData(),
                Set.copyOf(associations));
    }

    <T> T read(Serializer serializer) {
        return serializer.deserialize(new SimpleSerializedObject<>(data, byte[].class, type, revision));
    }

    byte[] encode() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + data.length);
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(FORMAT);
            out.writeUTF(type);
            out.writeUTF(revision == null ? "" : revision);
            out.writeInt(associations.size());
            for (AssociationValue association : associations) {
                out.writeUTF(association.getKey());
                out.writeUTF(association.getValue());
            }
            out.writeInt(data.length);
            out.write(data);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("A row could not be written to memory", e);
        }
    }

    static StoredObject decode(byte[] encoded) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded));
            byte format = in.readByte();
            if (format != FORMAT) {
                throw new StoreException("A row has format %d; this version reads format %d".formatted(format, FORMAT));
            }
            String type = in.readUTF();
            String revision = in.readUTF();
            Set<AssociationValue> associations = new HashSet<>();
            for (int left = in.readInt(); left > 0; left--) {
                associations.add(new AssociationValue(in.readUTF(), in.readUTF()));
            }
            return new StoredObject(
                    type, revision.isEmpty() ? null : revision, in.readNBytes(in.readInt()), Set.copyOf(associations));
        } catch (IOException e) {
            throw new StoreException("A row is cut short", e);
        }
    }
}
