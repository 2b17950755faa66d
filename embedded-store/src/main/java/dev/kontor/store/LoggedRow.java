package dev.kontor.store;

/**
 * A row beside the log that cannot be read from the log without sending commands again: a processor's token, a saga, a
 * row of a named column.
 */
public record LoggedRow(String column, String key, byte[] value) {

    /** Whether rows of this column belong to a copy of the log. Indexes and snapshots are derived from it. */
    static boolean isBeside(String column) {
        return column.equals(ColumnFamilies.TOKENS)
                || column.equals(ColumnFamilies.SAGAS)
                || column.startsWith(ColumnFamilies.PREFIX);
    }
}
