package dev.kontor.store.documents;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;

/** Reads the documents of views that nobody writes to: of a stopped store, or of a checkpoint. Changes nothing in it. */
public final class DocumentReader implements AutoCloseable {

    private final Rows rows;
    private final Map<String, Integer> collections = new TreeMap<>();

    private DocumentReader(Rows rows) {
        this.rows = rows;
        Catalog.collections(rows).forEach((fullName, number) -> {
            String name = fullName.substring(fullName.indexOf('.') + 1);
            if (!name.startsWith("system.") && collections.put(name, number) != null) {
                throw new ViewFilesException("Two databases have a collection " + name);
            }
        });
    }

    /** @throws ViewFilesException where there are no views, or they cannot be opened */
    public static DocumentReader open(Path folder) {
        if (!Files.exists(folder.resolve(ViewFiles.CURRENT))) {
            throw new ViewFilesException("There are no views in " + folder);
        }
        if (Files.exists(folder.resolve(ViewFiles.CONDEMNED))) {
            throw new ViewFilesException("The views in %s are to be thrown away by the next start".formatted(folder));
        }
        Rows rows = null;
        try {
            rows = Rows.readOnly(folder);
            return new DocumentReader(rows);
        } catch (RocksDBException | RuntimeException e) {
            if (rows != null) {
                rows.close();
            }
            throw e instanceof RuntimeException ours
                    ? ours
                    : new ViewFilesException(
                            "The views in %s cannot be opened: %s".formatted(folder, e.getMessage()), e);
        }
    }

    public Set<String> collections() {
        return Set.copyOf(collections.keySet());
    }

    /**
     * Every document, in the order of the ids. Values are text, Long, Integer, Boolean, Double, Instant, byte[], null,
     * and lists and maps of these; fields stand in the order in which they were written.
     *
     * @throws ViewFilesException where one cannot be read: none is ever left out
     */
    public void forEach(String collection, Consumer<Map<String, Object>> reader) {
        Integer number = collections.get(collection);
        if (number == null) {
            return;
        }
        new Scan(rows, RowKeys.documents(number), false)
                .forEachRemaining(row -> reader.accept(plain(decode(collection, row.value()))));
    }

    private static Document decode(String collection, byte[] stored) {
        try {
            return Bson.decode(stored);
        } catch (RuntimeException e) {
            throw new ViewFilesException("A document of %s is not BSON".formatted(collection), e);
        }
    }

    private static Map<String, Object> plain(Document document) {
        Map<String, Object> plain = new LinkedHashMap<>();
        document.forEach((field, value) -> plain.put(field, plainValue(value)));
        return plain;
    }

    private static Object plainValue(Object value) {
        return switch (value) {
            case null -> null;
            case Document inner -> plain(inner);
            case Collection<?> list ->
                list.stream().<Object>map(DocumentReader::plainValue).toList();
            case BinData data -> data.getData();
            default -> value;
        };
    }

    @Override
    public void close() {
        rows.close();
    }
}
