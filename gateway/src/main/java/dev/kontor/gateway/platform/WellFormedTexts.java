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
 * JSON can escape half of a surrogate pair, and UTF-8 has no bytes for it: on its way to the log and the views it would become
 * one thing here and another there. So no text of any body holds one. Nor is one far longer than any valid one; what is not
 * known, and ignored, may be longer.
 */
final class WellFormedTexts extends StringDeserializer {

    /** The longest text of the contract has 5,000 characters. */
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

    /** Of the text at its path. */
    static final class IllFormed extends MismatchedInputException {

        private IllFormed(JsonParser parser) {
            super(parser, "must not hold half a surrogate pair", String.class);
        }
    }
}
