package dev.kontor.audit;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The payload of an event: a JSON object. Whole numbers are Long, whatever their size. */
public final class Payload {

    private static final JsonFactory JSON = new JsonFactory();

    private String[] names = new String[8];
    private Object[] values = new Object[8];
    private int size;

    private Payload() {}

    /** @throws UnreadableException if it is not one JSON object */
    public static Payload parse(byte[] json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableException("is not a JSON object");
            }
            Payload payload = object(parser);
            if (parser.nextToken() != null) {
                throw new UnreadableException("continues after its JSON object");
            }
            return payload;
        } catch (JacksonException e) {
            throw new UnreadableException("is not JSON: " + e.getOriginalMessage());
        }
    }

    private static Payload object(JsonParser parser) {
        Payload payload = new Payload();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            payload.add(name, value(parser, parser.nextToken()));
        }
        return payload;
    }

    private static Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            default -> throw new UnreadableException("is not JSON: " + token);
        };
    }

    private static List<Object> array(JsonParser parser) {
        List<Object> members = new ArrayList<>(4);
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            members.add(value(parser, token));
        }
        return members;
    }

    private void add(String name, Object value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        names[size] = name;
        values[size++] = value;
    }

    /** Null if there is no such field, or null in it. */
    public Object get(String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }

    private <T> T required(String name, Class<T> type, String what) {
        Object value = get(name);
        if (!type.isInstance(value)) {
            throw new UnreadableException("has no %s '%s'".formatted(what, name));
        }
        return type.cast(value);
    }

    public String text(String name) {
        return required(name, String.class, "text");
    }

    public long number(String name) {
        return required(name, Long.class, "whole number");
    }

    public Instant moment(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeParseException e) {
            throw new UnreadableException("has no moment '%s'".formatted(name));
        }
    }

    public Payload object(String name) {
        return required(name, Payload.class, "object");
    }

    public List<Payload> objects(String name) {
        return list(name, Payload.class);
    }

    public List<String> texts(String name) {
        return list(name, String.class);
    }

    @SuppressWarnings("unchecked") // every member is looked at
    private <T> List<T> list(String name, Class<T> type) {
        List<?> list = required(name, List.class, "list");
        for (Object member : list) {
            if (!type.isInstance(member)) {
                throw new UnreadableException("has an invalid member in its list '%s'".formatted(name));
            }
        }
        return (List<T>) list;
    }

    /** The sum of its fields' hashes, in any order. */
    long sum() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Hash.field(names[i], values[i]);
        }
        return sum;
    }

    /** In the form of documents. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(names[i], plain(values[i]));
        }
        return map;
    }

    /** A value with all nested payloads as maps. */
    public static Object plain(Object value) {
        return switch (value) {
            case null -> null;
            case Payload payload -> payload.toMap();
            case List<?> list -> {
                List<Object> members = new ArrayList<>(list.size());
                list.forEach(member -> members.add(plain(member)));
                yield members;
            }
            default -> value;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload && toMap().equals(payload.toMap());
    }

    @Override
    public int hashCode() {
        return Objects.hash(toMap());
    }

    @Override
    public String toString() {
        return toMap().toString();
    }
}
