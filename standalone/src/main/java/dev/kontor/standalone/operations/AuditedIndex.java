package dev.kontor.standalone.operations;

import dev.kontor.audit.UnreadableViewsException;
import dev.kontor.query.platform.LocalLetterFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/**
 * The search index in a folder, as of its last commit, as one more view. Changes nothing in it.
 *
 * <p>A document of the audit has the version of the product's offer. Whether the product is in stock is left out: it
 * changes with events that leave the index alone.
 */
final class AuditedIndex implements AutoCloseable {

    static final String VIEW = "product-search";

    /** An older one has no version of the offer. Kontor discards it at its next start. */
    private static final int OLDEST_SCHEMA = 3;

    private static final String SOURCE = "source";
    private static final String LETTERS = "letters";

    private final Path folder;
    private final Directory directory;
    private final DirectoryReader reader;

    private AuditedIndex(Path folder, Directory directory, DirectoryReader reader) {
        this.folder = folder;
        this.directory = directory;
        this.reader = reader;
    }

    /**
     * Null if there is none, or none that Kontor would go on with: it reads that from the log again.
     *
     * @throws UnreadableViewsException if it is damaged
     */
    static AuditedIndex open(Path folder) {
        if (!Files.isDirectory(folder) || Files.exists(folder.resolve("THROW-AWAY"))) {
            return null;
        }
        try {
            Directory directory = FSDirectory.open(folder);
            AuditedIndex index = null;
            try {
                if (DirectoryReader.indexExists(directory)) {
                    index = new AuditedIndex(folder, directory, DirectoryReader.open(directory));
                }
            } finally {
                if (index == null) {
                    directory.close();
                }
            }
            if (index != null && index.schema() < OLDEST_SCHEMA) {
                index.close();
                return null;
            }
            return index;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static UnreadableViewsException unreadable(IOException cause) {
        return new UnreadableViewsException("The search index cannot be read: " + cause.getMessage(), cause);
    }

    private int schema() throws IOException {
        String schema = notes().getOrDefault("schema", "0");
        return Integer.parseInt(schema.split(" ")[0]);
    }

    private Map<String, String> notes() throws IOException {
        return reader.getIndexCommit().getUserData();
    }

    /** The rows of its dead letters. */
    void letters(Consumer<byte[]> each) {
        new LocalLetterFiles(folder.resolve(LETTERS), () -> {}).readAll((key, row) -> each.accept(row));
    }

    long position() {
        try {
            return Long.parseLong(notes().get("position"));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    void forEach(Consumer<Map<String, Object>> each) {
        try {
            for (LeafReaderContext leaf : reader.leaves()) {
                LeafReader part = leaf.reader();
                Bits live = part.getLiveDocs();
                for (int document = 0; document < part.maxDoc(); document++) {
                    if (live == null || live.get(document)) {
                        each.accept(read(part, document));
                    }
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static Map<String, Object> read(LeafReader part, int document) throws IOException {
        BytesRef source = part.storedFields().document(document, Set.of(SOURCE)).getBinaryValue(SOURCE);
        Map<String, Object> fields =
                StoredFields.of(Arrays.copyOfRange(source.bytes, source.offset, source.offset + source.length));
        fields.remove("inStock");
        fields.put("version", fields.remove("offerVersion"));
        return fields;
    }

    @Override
    public void close() {
        try (directory) {
            reader.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
