package dev.kontor.gateway.platform;

import dev.kontor.text.Text;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.module.SimpleModule;

/**
 * Refuses texts with half of a surrogate pair, which JSON can escape and UTF-8 cannot encode: the log and the views
 * could store different characters. Also refuses texts that are far longer than any valid one, except in unknown
 * members, which are ignored.
 */
final class WellFormedTexts extends StringDeserializer {

    /** The longest valid text of the API has 5,000 characters. */
    private static final int LONGEST = 20_000;

    private WellFormedTexts() {}

    static JacksonModule module() {
        return new SimpleModule("well-formed texts").addDeserializer(String.class, new WellFormedTexts());
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        String text = super.deserialize(parser, context);
        if (text != null && text.length() > LONGEST) {
            throw new StreamConstraintsException("A text of " + text.length() + " characters");
        }
        if (text != null && !Text.isWellFormed(text)) {
            throw new IllFormed(parser);
        }
        return text;
    }

    /** An ill-formed text at the path of the exception. */
    static final class IllFormed extends MismatchedInputException {

        private IllFormed(JsonParser parser) {
            super(parser, "must not hold half a surrogate pair", String.class);
        }
    }
}
