package dev.kontor.gateway.platform;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A server-sent event.
 *
 * @param name what the document is
 * @param version of the document, and the event's id
 * @param document in its newest version, as a read of it answers it
 */
public record LiveEvent(String name, long version, Object document) {

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("id: " + version + "\nevent: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        // On one line: JSON has no line break in a text.
        bytes.writeBytes(StrictJson.MAPPER.writeValueAsBytes(document));
        bytes.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
