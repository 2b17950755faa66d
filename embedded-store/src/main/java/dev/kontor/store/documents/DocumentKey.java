package dev.kontor.store.documents;

import java.util.Arrays;

/** Where a document stands in its collection: its id, as sortable bytes. */
record DocumentKey(byte[] bytes) implements Comparable<DocumentKey> {

    static DocumentKey of(Object id) {
        return new DocumentKey(SortKey.of(id));
    }

    @Override
    public int compareTo(DocumentKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DocumentKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
