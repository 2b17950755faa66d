package dev.kontor.query.platform;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistry;

/** A record of one component, such as an id, is stored as the value of that component. */
final class SingleValueRecords implements CodecProvider {

    /** Kept, because every value of an index needs one, and Java copies the components of a class on every call. */
    private static final ClassValue<Optional<Method>> ONLY_ACCESSORS = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            return isOne(type) ? Optional.of(type.getRecordComponents()[0].getAccessor()) : Optional.empty();
        }
    };

    @Override
    public <T> Codec<T> get(Class<T> type, CodecRegistry registry) {
        return isOne(type) ? new SingleValueCodec<>(type, registry) : null;
    }

    private static boolean isOne(Class<?> type) {
        return type.isRecord() && type.getRecordComponents().length == 1;
    }

    /** The value that is stored for a value of such a type; any other value as it is. */
    static Object stored(Object value) {
        return ONLY_ACCESSORS
                .get(value.getClass())
                .map(accessor -> read(accessor, value))
                .orElse(value);
    }

    private static Object read(Method accessor, Object value) {
        try {
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("%s cannot be read".formatted(value.getClass()), e);
        }
    }

    private static final class SingleValueCodec<T, V> implements Codec<T> {

        private final Class<T> type;
        private final Method accessor;
        private final Constructor<T> constructor;
        private final Codec<V> value;

        @SuppressWarnings("unchecked")
        SingleValueCodec(Class<T> type, CodecRegistry registry) {
            RecordComponent component = type.getRecordComponents()[0];
            this.type = type;
            this.accessor = component.getAccessor();
            this.value = (Codec<V>) registry.get(
                    MethodType.methodType(component.getType()).wrap().returnType());
            try {
                this.constructor = type.getDeclaredConstructor(component.getType());
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("%s has no canonical constructor".formatted(type), e);
            }
        }

        @Override
        @SuppressWarnings("unchecked")
        public void encode(BsonWriter writer, T record, EncoderContext context) {
            value.encode(writer, (V) read(accessor, record), context);
        }

        @Override
        public T decode(BsonReader reader, DecoderContext context) {
            V stored = value.decode(reader, context);
            try {
                return constructor.newInstance(stored);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("%s cannot be made of what is stored".formatted(type), e);
            }
        }

        @Override
        public Class<T> getEncoderClass() {
            return type;
        }
    }
}
