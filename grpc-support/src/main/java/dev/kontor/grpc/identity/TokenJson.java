package dev.kontor.grpc.identity;

import io.jsonwebtoken.io.AbstractDeserializer;
import io.jsonwebtoken.io.DeserializationException;
import java.io.Reader;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of a token's header and claims, taken literally: one object, no member twice, nothing behind it, and every member
 * that we know in the form in which the Authority writes it. A parser that is kinder than that reads another token than
 * the one that was signed for, or than the next one reads.
 */
final class TokenJson extends AbstractDeserializer<Map<String, ?>> {

    private static final Predicate<Object> TEXT = String.class::isInstance;
    /** Whole, written without fraction and exponent, within 64 bits. */
    private static final Predicate<Object> NUMBER = value -> value instanceof Integer || value instanceof Long;

    private static final Predicate<Object> ONE_TEXT =
            value -> value instanceof List<?> list && list.size() == 1 && list.getFirst() instanceof String;

    private static final Map<String, Predicate<Object>> FORMS = Map.ofEntries(
            Map.entry("alg", TEXT),
            Map.entry("kid", TEXT),
            Map.entry("typ", TEXT),
            Map.entry("iss", TEXT),
            Map.entry("aud", ONE_TEXT),
            Map.entry("sub", TEXT),
            Map.entry("sid", TEXT),
            Map.entry("role", TEXT),
            Map.entry("ver", NUMBER),
            Map.entry("iat", NUMBER),
            Map.entry("nbf", NUMBER),
            Map.entry("exp", NUMBER));

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Its exceptions quote nothing: what is quoted could end in a log. */
    @Override
    protected Map<String, ?> doDeserialize(Reader json) {
        Map<String, Object> members;
        try {
            members = mapper.readValue(json, OBJECT);
        } catch (JacksonException e) {
            throw new DeserializationException("This is no JSON object");
        }
        if (members == null) {
            throw new DeserializationException("This is no JSON object");
        }
        members.forEach((name, value) -> {
            if (saysNothing(value) || !FORMS.getOrDefault(name, any -> true).test(value)) {
                throw new DeserializationException("A member has another form than it should");
            }
        });
        return members;
    }

    /** The parser would leave such a member out before anybody has seen that it was there. */
    private static boolean saysNothing(Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.isEmpty();
            case List<?> list -> list.isEmpty();
            case Map<?, ?> object -> object.isEmpty();
            default -> false;
        };
    }
}
