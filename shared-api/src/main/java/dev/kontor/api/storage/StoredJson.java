package dev.kontor.api.storage;

import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** The serializer of stored and sent data: JSON, with the names of {@link StoredTypes}. */
public final class StoredJson extends Jackson3Serializer {

    private final StoredTypes types;

    private StoredJson(Builder builder, StoredTypes types) {
        super(builder);
        this.types = types;
    }

    public static StoredJson of(StoredTypes types) {
        // Axon's tokens name the class they wrap; the validator admits only known packages.
        BasicPolymorphicTypeValidator validator = BasicPolymorphicTypeValidator.builder()
                .allowIfSubType("org.axonframework.")
                .allowIfSubType("dev.kontor.")
                .allowIfSubType("java.lang.")
                .allowIfSubType("java.util.")
                .build();
        Builder builder = builder()
                .jsonMapperBuilderCustomizer(json -> json.polymorphicTypeValidator(validator)
                        // A later revision may have fields that this code does not know.
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));
        return new StoredJson(builder, types);
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature is Axon's
    public SerializedType typeForClass(Class type) {
        SerializedType byClass = super.typeForClass(type);
        if (type == null) {
            return byClass;
        }
        return types.nameOf((Class<?>) type)
                .<SerializedType>map(name -> new SimpleSerializedType(name, byClass.getRevision()))
                .orElse(byClass);
    }

    /**
     * @throws SerializationException for a name that this version does not know. Axon would return a placeholder that
     *     no handler accepts: aggregates, sagas and views would silently skip the event
     */
    @Override
    public Class<?> classForType(SerializedType type) {
        // Jackson would look the class up by its name, for every event.
        Class<?> named = types.typeOf(type.getName()).orElse(null);
        if (named != null) {
            return named;
        }
        Class<?> found = super.classForType(type);
        if (found == UnknownSerializedType.class) {
            throw new SerializationException(
                    ("The log contains '%s' (revision %s), which this version does not know. A newer version wrote it: run"
                                    + " that version, or a later one")
                            .formatted(type.getName(), type.getRevision()));
        }
        return found;
    }

    @Override
    protected String resolveClassName(SerializedType serializedType) {
        return types.typeOf(serializedType.getName()).map(Class::getName).orElseGet(serializedType::getName);
    }
}
