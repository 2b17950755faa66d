package dev.kontor.store.documents;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One generation of a view as stored in its row.
 *
 * @param slot as in {@link DeclaredView}
 * @param generation rises each time it starts over
 * @param numbers of its collections and indexes in row keys, by their names
 */
record StoredView(String view, String slot, String schema, long generation, Map<String, Integer> numbers) {

    StoredView {
        numbers = Map.copyOf(numbers);
    }

    /** The ranges of all rows of documents and indexes. Numbers assigned at one time are consecutive. */
    List<RowKeys.Range> ranges() {
        if (numbers.isEmpty()) {
            return List.of();
        }
        int first = Collections.min(numbers.values());
        int last = Collections.max(numbers.values());
        return List.of(
                new RowKeys.Range(
                        RowKeys.documents(first).from(), RowKeys.documents(last).to()),
                new RowKeys.Range(
                        RowKeys.indexRows(first).from(), RowKeys.indexRows(last).to()));
    }

    /** The numbers of the collections by the names that readers know, without those of their indexes. */
    Map<String, Integer> collections() {
        Map<String, Integer> collections = new TreeMap<>();
        numbers.forEach((part, number) -> {
            if (!part.contains("/")) {
                collections.put(part.substring(0, part.length() - slot.length()), number);
            }
        });
        return collections;
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(view);
            out.writeUTF(slot);
            out.writeUTF(schema);
            out.writeLong(generation);
            out.writeInt(numbers.size());
            for (Map.Entry<String, Integer> part : new TreeMap<>(numbers).entrySet()) {
                out.writeUTF(part.getKey());
                out.writeInt(part.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws ViewFilesException if the row cannot be decoded */
    static StoredView decode(byte[] row) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row))) {
            String view = in.readUTF();
            String slot = in.readUTF();
            String schema = in.readUTF();
            long generation = in.readLong();
            Map<String, Integer> numbers = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                numbers.put(in.readUTF(), in.readInt());
            }
            return new StoredView(view, slot, schema, generation, numbers);
        } catch (IOException e) {
            throw new ViewFilesException("The description of a view cannot be read", e);
        }
    }
}
