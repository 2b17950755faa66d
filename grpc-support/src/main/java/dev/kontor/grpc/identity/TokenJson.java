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
 * Parses a token's header and claims strictly: one object, no duplicate members, nothing after it, and every known
 * member in the form that the Authority writes. Two lenient parsers could read different claims from the same token.
 */
final class TokenJson extends AbstractDeserializer<Map<String, ?>> {

    private static final Predicate<Object> TEXT = String.class::isInstance;
    /** A whole number of at most 64 bits, without fraction and exponent. */
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

    /** The exceptions do not quote the token, so that it does not get into a log. */
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

    /** The JWT library would drop such a member silently. */
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
