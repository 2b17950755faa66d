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
 * A view as its row describes it.
 *
 * @param generation rises each time the view starts over
 * @param numbers under which the rows of its collections and indexes stand, by the names of these parts
 */
record StoredView(String schema, long generation, Map<String, Integer> numbers) {

    StoredView {
        numbers = Map.copyOf(numbers);
    }

    /** All rows of documents and indexes. Numbers that are given at one time follow each other. */
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

    /** The numbers of the collections, without those of their indexes. */
    Map<String, Integer> collections() {
        Map<String, Integer> collections = new TreeMap<>(numbers);
        collections.keySet().removeIf(part -> part.contains("/"));
        return collections;
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
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

    /** @throws ViewFilesException where it is none */
    static StoredView decode(byte[] row) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row))) {
            String schema = in.readUTF();
            long generation = in.readLong();
            Map<String, Integer> numbers = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                numbers.put(in.readUTF(), in.readInt());
            }
            return new StoredView(schema, generation, numbers);
        } catch (IOException e) {
            throw new ViewFilesException("The description of a view cannot be read", e);
        }
    }
}
