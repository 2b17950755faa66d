package dev.kontor.standalone.operations;

import dev.kontor.audit.UnreadableViewsException;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;
import org.bson.types.Binary;

/** Decodes a stored document for the audit field by field, by BSON's rules and without the query side's code. */
public final class StoredFields {

    private static final DocumentCodec BSON = new DocumentCodec();

    private StoredFields() {}

    /**
     * Values are String, Long, Integer, Boolean, Double, byte[], Instant and null, and lists and maps of these.
     *
     * @throws UnreadableViewsException if the bytes are no document
     */
    public static Map<String, Object> of(byte[] stored) {
        try {
            return plain(new RawBsonDocument(stored).decode(BSON));
        } catch (RuntimeException e) {
            throw new UnreadableViewsException("A document is not BSON", e);
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
            case List<?> list ->
                list.stream().<Object>map(StoredFields::plainValue).toList();
            case Binary binary -> binary.getData();
            case Date date -> date.toInstant();
            default -> value;
        };
    }
}
