package dev.kontor.store.documents;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which collections there are, and the numbers under which their rows stand. Safe for many threads. */
final class Catalog {

    private final ViewFiles files;

    Catalog(ViewFiles files) {
        this.files = files;
    }

    /** The number of a collection; it gets one where it has none. */
    synchronized int collection(String fullName) {
        byte[] key = RowKeys.collection(fullName);
        byte[] stored = files.rows().get(key);
        if (stored != null) {
            return RowKeys.number(stored);
        }
        Changes changes = new Changes(files);
        int number = take(changes);
        changes.put(key, RowKeys.number(number));
        changes.finish();
        changes.write();
        return number;
    }

    synchronized int forIndex() {
        Changes changes = new Changes(files);
        int number = take(changes);
        changes.finish();
        changes.write();
        return number;
    }

    private int take(Changes changes) {
        byte[] stored = files.rows().get(RowKeys.NEXT_NUMBER);
        int number = stored == null ? 1 : RowKeys.number(stored);
        changes.put(RowKeys.NEXT_NUMBER, RowKeys.number(number + 1));
        return number;
    }

    /** Full names to numbers. */
    static Map<String, Integer> collections(Rows rows) {
        Map<String, Integer> collections = new TreeMap<>();
        new Scan(rows, RowKeys.collections(), false)
                .forEachRemaining(row -> collections.put(RowKeys.collectionOf(row.key()), RowKeys.number(row.value())));
        return collections;
    }

    Set<String> databases() {
        Set<String> databases = new TreeSet<>();
        collections(files.rows()).keySet().forEach(name -> databases.add(name.substring(0, name.indexOf('.'))));
        return databases;
    }
}
