package dev.kontor.query.platform;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.CollectionCodecProvider;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.EnumCodecProvider;
import org.bson.codecs.MapCodecProvider;
import org.bson.codecs.ValueCodecProvider;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.codecs.record.RecordCodecProvider;
import org.bson.io.BasicOutputBuffer;

/**
 * One type of documents: a record, the name under which its documents are stored, and their indexes. The stored form is
 * BSON; a field has the name of the record's component, the id is {@code _id}, a record of one component is stored as
 * its value, and null values are omitted.
 */
public final class DocumentType<D extends ViewDocument> {

    private static final int USUAL_BYTES = 512;
    private static final CodecRegistry CODECS = CodecRegistries.fromProviders(
            new ValueCodecProvider(),
            new CollectionCodecProvider(),
            new MapCodecProvider(),
            new EnumCodecProvider(),
            new SingleValueRecords(),
            new RecordCodecProvider());

    private final String name;
    private final Class<D> record;
    private final List<Index> indexes;
    private final Codec<D> codec;
    /** The accessors that lead to each indexed field. */
    private final Map<String, List<Method>> indexed = new HashMap<>();

    private DocumentType(String name, Class<D> record, List<Index> indexes) {
        this.name = name;
        this.record = record;
        this.indexes = indexes;
        this.codec = CODECS.get(record);
        indexes.stream()
                .flatMap(index -> index.fields().stream())
                .forEach(field -> indexed.computeIfAbsent(field, this::path));
    }

    private List<Method> path(String field) {
        List<Method> accessors = new ArrayList<>();
        Class<?> type = record;
        for (String step : field.split("\\.")) {
            RecordComponent component = Arrays.stream(type.getRecordComponents())
                    .filter(candidate -> candidate.getName().equals(step))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("An index of %s has no component %s".formatted(name, field)));
            accessors.add(component.getAccessor());
            type = component.getType();
        }
        return accessors;
    }

    public static <D extends Record & ViewDocument> DocumentType<D> of(String name, Class<D> record, Index... indexes) {
        return new DocumentType<>(name, record, List.of(indexes));
    }

    public String name() {
        return name;
    }

    public Class<D> record() {
        return record;
    }

    public List<Index> indexes() {
        return indexes;
    }

    /** Contains the codec of the record. */
    static CodecRegistry codecs() {
        return CODECS;
    }

    public byte[] encode(D document) {
        return encode(codec, document);
    }

    static <T> byte[] encode(Class<T> type, T value) {
        return encode(CODECS.get(type), value);
    }

    private static <T> byte[] encode(Codec<T> codec, T value) {
        try (BasicOutputBuffer out = new BasicOutputBuffer(USUAL_BYTES);
                BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            codec.encode(writer, value, EncoderContext.builder().build());
            return out.toByteArray();
        }
    }

    /** @throws RuntimeException if it is no document of this type */
    public D decode(byte[] stored) {
        return decode(codec, stored);
    }

    static <T> T decode(Class<T> type, byte[] stored) {
        return decode(CODECS.get(type), stored);
    }

    private static <T> T decode(Codec<T> codec, byte[] stored) {
        try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(stored))) {
            return codec.decode(reader, DecoderContext.builder().build());
        }
    }

    /** A document's entries in an index: for each the values of the index's fields, in their order. */
    public Set<List<Object>> entries(Index index, D document) {
        Set<List<Object>> entries = Set.of(List.of());
        for (String field : index.fields()) {
            Set<List<Object>> longer = new LinkedHashSet<>();
            for (List<Object> entry : entries) {
                for (Object value : values(field, document)) {
                    List<Object> more = new ArrayList<>(entry);
                    more.add(plain(value));
                    longer.add(List.copyOf(more));
                }
            }
            entries = longer;
        }
        return entries;
    }

    private Collection<?> values(String field, D document) {
        Object value = document;
        try {
            for (Method accessor : indexed.get(field)) {
                value = accessor.invoke(value);
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Component %s of %s cannot be read".formatted(field, name), e);
        }
        if (value == null) {
            throw new IllegalStateException(
                    "%s %s has no %s, which is in an index".formatted(name, document.id(), field));
        }
        return value instanceof Collection<?> several ? several : List.of(value);
    }

    /** A value as stored in documents and indexes. */
    static Object plain(Object value) {
        return switch (SingleValueRecords.stored(value)) {
            case Enum<?> constant -> constant.name();
            case String text -> text;
            case Long number -> number;
            case Boolean flag -> flag;
            default -> throw new IllegalArgumentException("No index has values of " + value.getClass());
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
