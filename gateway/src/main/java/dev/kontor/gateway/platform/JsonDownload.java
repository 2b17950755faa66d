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
     * Sends what the content writes. Where that fails, nothing is completed: before the first byte is out, the failure
     * can be answered as any other; after it the connection breaks, so that half a document does not look whole.
     */
    public static void send(HttpServletResponse response, String fileName, Consumer<JsonGenerator> content)
            throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(fileName).build().toString());
        // Not closed where the content fails: that would send what is there.
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
