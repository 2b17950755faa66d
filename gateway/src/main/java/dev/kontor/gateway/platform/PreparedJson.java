package dev.kontor.gateway.platform;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/** A value as its JSON, which is part of several answers. */
public final class PreparedJson implements JacksonSerializable {

    /** Leaves it to the server when the answer is sent, so that it can announce the length of a short one. */
    private static final ObjectWriter WRITER = StrictJson.MAPPER
            .writer()
            .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .without(StreamWriteFeature.FLUSH_PASSED_TO_STREAM);

    private final SerializableString json;

    private PreparedJson(SerializableString json) {
        this.json = json;
    }

    public static PreparedJson of(Object value) {
        SerializedString json = new SerializedString(WRITER.writeValueAsString(value));
        // Encodes it.
        json.asUnquotedUTF8();
        return new PreparedJson(json);
    }

    /** In bytes of UTF-8. */
    public int length() {
        return json.asUnquotedUTF8().length;
    }

    @Override
    public void serialize(JsonGenerator out, SerializationContext context) {
        out.writeRawValue(json);
    }

    @Override
    public void serializeWithType(JsonGenerator out, SerializationContext context, TypeSerializer type) {
        serialize(out, context);
    }

    /** Answers with the value as the controllers do. */
    public static void answer(HttpServletResponse response, Object value) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        WRITER.writeValue(response.getOutputStream(), value);
    }
}
