package dev.kontor.side.operations;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.TokenHash;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/** Events and aggregates as JSON, by their fields, with {@link #MASK} in the place of personal data and secrets. */
public final class MaskedJson {

    /** In the place of a masked value. */
    public static final String MASK = "***";

    private static final JsonMapper MASKING = JsonMapper.builder()
            .changeDefaultVisibility(visible -> visible.withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                    .withVisibility(PropertyAccessor.GETTER, Visibility.NONE)
                    .withVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE))
            .addModule(new SimpleModule()
                    .addSerializer(Sealed.class, new Masking<>())
                    .addSerializer(TokenHash.class, new Masking<>()))
            .build();

    private MaskedJson() {}

    private static final class Masking<T> extends ValueSerializer<T> {

        @Override
        public void serialize(T value, JsonGenerator json, SerializationContext context) {
            json.writeString(MASK);
        }
    }

    /** @param object whose JSON is an object */
    public static ObjectNode of(Object object) {
        return MASKING.valueToTree(object);
    }

    /** Whether something in it is masked, at any depth. */
    public static boolean isMasked(JsonNode json) {
        return json.isString()
                ? json.asString().equals(MASK)
                : json.valueStream().anyMatch(MaskedJson::isMasked);
    }
}
