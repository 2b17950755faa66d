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
    private final boolean isOfEvents;

    private StoredJson(Builder builder, StoredTypes types, boolean isOfEvents) {
        super(builder);
        this.types = types;
        this.isOfEvents = isOfEvents;
    }

    /** Refuses a name that this version does not know. */
    public static StoredJson of(StoredTypes types) {
        return of(types, false);
    }

    /**
     * For events: the payload of an event with a name that this version does not know is an
     * {@link UnknownSerializedType}. {@link UnknownEvents} tells who may step over it.
     */
    public static StoredJson ofEvents(StoredTypes types) {
        return of(types, true);
    }

    private static StoredJson of(StoredTypes types, boolean isOfEvents) {
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
        return new StoredJson(builder, types, isOfEvents);
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
     * @throws SerializationException for a name that this version does not know, except of an event
     */
    @Override
    public Class<?> classForType(SerializedType type) {
        // Jackson would look the class up by its name, for every event.
        Class<?> named = types.typeOf(type.getName()).orElse(null);
        if (named != null) {
            return named;
        }
        Class<?> found = super.classForType(type);
        if (found == UnknownSerializedType.class && !isOfEvents) {
            throw UnknownEvents.refusal(type);
        }
        return found;
    }

    @Override
    protected String resolveClassName(SerializedType serializedType) {
        return types.typeOf(serializedType.getName()).map(Class::getName).orElseGet(serializedType::getName);
    }
}
