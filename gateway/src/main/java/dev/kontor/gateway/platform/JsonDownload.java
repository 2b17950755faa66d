package dev.kontor.gateway.platform;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Consumer;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;

/** A JSON document that is sent to a client as a file, piece by piece. */
public final class JsonDownload {

    private JsonDownload() {}

    /**
     * Sends what {@code content} writes. If it fails before the first byte is sent, the failure is answered as any
     * other. After that, the connection is closed, so that the client notices the incomplete document.
     */
    public static void send(HttpServletResponse response, String fileName, Consumer<JsonGenerator> content)
            throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(fileName).build().toString());
        // Not closed if the content fails: that would complete the incomplete document.
        JsonGenerator json = StrictJson.MAPPER
                .writer()
                .without(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                .createGenerator(response.getOutputStream());
        try {
            content.accept(json);
        } catch (RuntimeException failure) {
            if (!response.isCommitted()) {
                response.reset();
            }
            throw failure;
        }
        json.close();
    }
}
