package dev.kontor.gateway.platform;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.MediaType;
import tools.jackson.core.JsonGenerator;
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

    private final Utf8 json;

    /** Of the parts of a single resource, otherwise null. */
    private final List<Long> versions;

    /** Made when it is first needed; two threads make the same. */
    private String tag;

    private PreparedJson(byte[] json, List<Long> versions) {
        this.json = new Utf8(json);
        this.versions = versions;
    }

    public static PreparedJson of(Object value) {
        return new PreparedJson(
                WRITER.writeValueAsBytes(value), value instanceof SingleResource resource ? resource.versions() : null);
    }

    /** The {@code ETag} of an answer with this body: strong for a {@link SingleResource}, weak for others. */
    public String entityTag() {
        String made = tag;
        if (made == null) {
            made = versions == null
                    ? EntityTag.weak(json.asUnquotedUTF8())
                    : EntityTag.of(versions, json.asUnquotedUTF8());
            tag = made;
        }
        return made;
    }

    /** A text in UTF-8 alone. The generators of bytes ask for no other form. */
    private static final class Utf8 extends SerializedString {

        private static final long serialVersionUID = 1L;

        Utf8(byte[] text) {
            super("");
            _unquotedUTF8Ref = text;
        }
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
