package dev.kontor.api.storage;

import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The schema of a type stored as JSON, down to its simple values: a map of fields for an object, a list of one element
 * schema for an array, else a name: {@code string}, {@code time} (ISO 8601, UTC), {@code int32}, {@code int64},
 * {@code boolean}, or the constants of an enum separated by bars.
 */
public final class StoredSchema {

    private StoredSchema() {}

    /** @throws IllegalArgumentException for a type that cannot be stored: neither a record nor a simple value */
    public static Object of(Type type) {
        return switch (type) {
            case ParameterizedType list
            when list.getRawType() == List.class -> List.of(of(list.getActualTypeArguments()[0]));
            case Class<?> simple when SIMPLE.containsKey(simple) -> SIMPLE.get(simple);
            case Class<?> choice
            when choice.isEnum() ->
                Arrays.stream(choice.getEnumConstants()).map(Object::toString).collect(Collectors.joining("|"));
            case Class<?> wrapper
            when wrapped(wrapper).isPresent() -> of(wrapped(wrapper).orElseThrow());
            case Class<?> object when object.isRecord() -> fields(object);
            default -> throw new IllegalArgumentException(type + " has no schema that can be stored");
        };
    }

    private static final Map<Class<?>, String> SIMPLE = Map.of(
            String.class, "string",
            Instant.class, "time",
            int.class, "int32",
            long.class, "int64",
            boolean.class, "boolean");

    /** The value type of a type that is stored as a single value. */
    static Optional<Type> wrapped(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(JsonValue.class))
                .map(Method::getGenericReturnType)
                .findFirst();
    }

    private static Map<String, Object> fields(Class<?> type) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (RecordComponent field : type.getRecordComponents()) {
            fields.put(field.getName(), of(field.getGenericType()));
        }
        // Sorted by name: the order in which fields are declared does not matter.
        return new TreeMap<>(fields);
    }
}
