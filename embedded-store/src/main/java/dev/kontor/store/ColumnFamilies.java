package dev.kontor.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** The column families of the store: the log, its indexes, and the data beside it. */
final class ColumnFamilies implements AutoCloseable {

    static final String EVENTS = "events";
    static final String SEQUENCES = "sequences";
    static final String IDENTIFIERS = "identifiers";
    static final String SNAPSHOTS = "snapshots";
    static final String TOKENS = "tokens";
    static final String SAGAS = "sagas";
    static final String TIMES = "times";
    static final List<String> OWN = List.of(EVENTS, SEQUENCES, IDENTIFIERS, SNAPSHOTS, TOKENS, SAGAS, TIMES);

    /** Separates named columns from the store's own. */
    static final String PREFIX = "column-";

    private final Map<String, ColumnFamilyHandle> handles = new ConcurrentHashMap<>();
    private final RocksDB database;
    private final ColumnFamilyOptions options;

    ColumnFamilies(RocksDB database, List<ColumnFamilyHandle> opened, ColumnFamilyOptions options)
            throws RocksDBException {
        this.database = database;
        this.options = options;
        for (ColumnFamilyHandle handle : opened) {
            handles.put(KeyEncoding.text(handle.getName()), handle);
        }
    }

    static List<ColumnFamilyDescriptor> describe(List<byte[]> present, ColumnFamilyOptions options) {
        List<String> names =
                new ArrayList<>(present.stream().map(KeyEncoding::text).toList());
        names.removeAll(OWN);
        names.remove("default");
        names.addAll(OWN);
        names.addFirst("default");
        return names.stream()
                .map(name -> new ColumnFamilyDescriptor(KeyEncoding.text(name), options))
                .toList();
    }

    Set<String> names() {
        return handles.keySet();
    }

    ColumnFamilyHandle events() {
        return handles.get(EVENTS);
    }

    ColumnFamilyHandle sequences() {
        return handles.get(SEQUENCES);
    }

    ColumnFamilyHandle identifiers() {
        return handles.get(IDENTIFIERS);
    }

    boolean has(String name) {
        return handles.containsKey(name);
    }

    ColumnFamilyHandle named(String name) {
        ColumnFamilyHandle handle = handles.get(name);
        if (handle == null) {
            throw new IllegalStateException("The event store has no column " + name);
        }
        return handle;
    }

    ColumnFamilyHandle create(String name) {
        return handles.computeIfAbsent(name, missing -> {
            try {
                return database.createColumnFamily(new ColumnFamilyDescriptor(KeyEncoding.text(missing), options));
            } catch (RocksDBException e) {
                throw new StoreException("Column " + missing + " cannot be made", e);
            }
        });
    }

    @Override
    public void close() {
        handles.values().forEach(ColumnFamilyHandle::close);
    }
}
