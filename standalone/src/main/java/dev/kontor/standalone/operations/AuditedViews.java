package dev.kontor.standalone.operations;

import dev.kontor.audit.UnreadableViewsException;
import dev.kontor.audit.ViewSource;
import dev.kontor.store.documents.DocumentReader;
import dev.kontor.store.documents.ViewFilesException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Views in a folder, as the audit reads them. Opened when they are first read. */
final class AuditedViews implements ViewSource, AutoCloseable {

    private static final String TOKENS = "view_tokens";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final Map<String, Long> positions = new HashMap<>();
    private DocumentReader documents;

    AuditedViews(Path folder) {
        this.folder = folder;
    }

    private DocumentReader documents() {
        if (documents == null) {
            documents = DocumentReader.open(folder);
            documents.forEach(TOKENS, this::readToken);
        }
        return documents;
    }

    /** A view with several segments has read what the slowest of them has. */
    private void readToken(Map<String, Object> token) {
        if (token.get("processorName") instanceof String view) {
            positions.merge(view, positionOf(view, token.get("token")), Math::min);
        }
    }

    private static long positionOf(String view, Object token) {
        if (token == null) {
            return -1;
        }
        try {
            JsonNode json = JSON.readTree((byte[]) token);
            // While it is rebuilt, how far that is; where it was before, is beside.
            JsonNode current = json.has("tokenAtReset") ? json.path("currentToken") : json;
            return current.isNull() || current.isMissingNode()
                    ? -1
                    : current.required("globalIndex").asLong();
        } catch (JacksonException | ClassCastException e) {
            throw new UnreadableViewsException("The token of view %s cannot be read".formatted(view), e);
        }
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
            documents().forEach(collection, reader);
            return null;
        });
    }

    @Override
    public OptionalLong position(String view) {
        return reading(() -> {
            documents();
            Long position = positions.get(view);
            return position == null ? OptionalLong.empty() : OptionalLong.of(position);
        });
    }

    @Override
    public void close() {
        if (documents != null) {
            documents.close();
        }
    }
}
