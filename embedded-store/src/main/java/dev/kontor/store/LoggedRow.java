package dev.kontor.store;

/**
 * A row of what is kept beside the log and cannot be read off it without sending commands again: how far a processor is,
 * a saga, a row of a named column.
 */
public record LoggedRow(String column, String key, byte[] value) {

    /** Whether rows of this column go with the log. Indexes and snapshots are made of it. */
    static boolean isBeside(String column) {
        return column.equals(ColumnFamilies.TOKENS)
                || column.equals(ColumnFamilies.SAGAS)
                || column.startsWith(ColumnFamilies.PREFIX);
    }
}
