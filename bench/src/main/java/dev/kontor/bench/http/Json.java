package dev.kontor.bench.http;

import dev.kontor.bench.http.ShopClient.Answer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** JSON outside of what is measured. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addModule(new SimpleModule().addSerializer(double.class, new Numbers()))
            .build();

    private Json() {}

    /** @throws IllegalStateException if the status is another one */
    static JsonNode of(Answer answer, int expected) {
        if (answer.status() != expected) {
            throw new IllegalStateException(
                    "Status %d instead of %d: %s".formatted(answer.status(), expected, answer.text()));
        }
        return tree(answer.body());
    }

    static JsonNode tree(byte[] json) {
        return MAPPER.readTree(json);
    }

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** JSON has no NaN. */
    private static final class Numbers extends ValueSerializer<Double> {

        @Override
        public void serialize(Double value, JsonGenerator json, SerializationContext context) {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        }
    }
}
