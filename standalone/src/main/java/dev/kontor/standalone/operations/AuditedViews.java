package dev.kontor.standalone.operations;

import dev.kontor.audit.UnreadableViewsException;
import dev.kontor.audit.ViewSource;
import dev.kontor.store.documents.DocumentReader;
import dev.kontor.store.documents.ViewFilesException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Views in a folder, with the search index if there is one, as the audit's source. Opened at the first read. */
final class AuditedViews implements ViewSource, AutoCloseable {

    private final Path folder;
    private final ViewTokens tokens = new ViewTokens();
    private final Path search;
    private DocumentReader documents;
    /** Null if there is none. */
    private AuditedIndex index;

    AuditedViews(Path folder, Path search) {
        this.folder = folder;
        this.search = search;
    }

    private DocumentReader documents() {
        if (documents == null) {
            index = AuditedIndex.open(search);
            documents = DocumentReader.open(folder);
            documents.tokens(tokens::read);
        }
        return documents;
    }

    private interface Reading<T> {
        T read();
    }

    private static <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (ViewFilesException e) {
            throw new UnreadableViewsException(e.getMessage(), e);
        }
    }

    @Override
    public Set<String> collections() {
        return reading(() -> {
            Set<String> all = new HashSet<>(documents().collections());
            if (index != null) {
                all.add(AuditedIndex.VIEW);
            }
            return all;
        });
    }

    @Override
    public void forEach(String collection, Consumer<Map<String, Object>> reader) {
        reading(() -> {
            DocumentReader views = documents();
            if (collection.equals(AuditedIndex.VIEW)) {
                index.forEach(reader);
                return null;
            }
            views.forEach(collection, stored -> reader.accept(StoredFields.of(stored)));
            return null;
        });
    }

    @Override
    public OptionalLong position(String view) {
        return reading(() -> {
            documents();
            if (view.equals(AuditedIndex.VIEW)) {
                return index == null ? OptionalLong.empty() : OptionalLong.of(index.position());
            }
            return tokens.position(view);
        });
    }

    /** The rows of the dead letters. None can be read of views that cannot be read: the audit reports these. */
    void letters(Consumer<byte[]> reader) {
        try {
            documents().letters(reader);
            if (index != null) {
                index.letters(reader);
            }
        } catch (ViewFilesException | UnreadableViewsException unreadable) {
            return;
        }
    }

    @Override
    public void close() {
        if (documents != null) {
            documents.close();
        }
        if (index != null) {
            index.close();
        }
    }
}
