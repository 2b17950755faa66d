package dev.kontor.standalone.operations;

import dev.kontor.audit.UnreadableViewsException;
import dev.kontor.audit.ViewSource;
import dev.kontor.store.documents.DocumentReader;
import dev.kontor.store.documents.ViewFilesException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Views in a folder as the audit's source. Opened at the first read. */
final class AuditedViews implements ViewSource, AutoCloseable {

    private final Path folder;
    private final ViewTokens tokens = new ViewTokens();
    private DocumentReader documents;

    AuditedViews(Path folder) {
        this.folder = folder;
    }

    private DocumentReader documents() {
        if (documents == null) {
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
        return reading(() -> documents().collections());
    }

    @Override
    public void forEach(String collection, Consumer<Map<String, Object>> reader) {
        reading(() -> {
            documents().forEach(collection, stored -> reader.accept(StoredFields.of(stored)));
            return null;
        });
    }

    @Override
    public OptionalLong position(String view) {
        return reading(() -> {
            documents();
            return tokens.position(view);
        });
    }

    @Override
    public void close() {
        if (documents != null) {
            documents.close();
        }
    }
}
