package dev.kontor.standalone.tools.backup;

import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.tools.console.ToolException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends REST requests as operator to the process that has a data folder. */
public final class RunningKontor implements AutoCloseable {

    private static final Duration UNTIL_CONNECTED = Duration.ofSeconds(5);

    private final JsonMapper mapper = new JsonMapper();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(UNTIL_CONNECTED).build();
    private final DataFolder data;

    /** @param data a folder that is in use */
    public RunningKontor(DataFolder data) {
        this.data = data;
    }

    public JsonNode get(String path, Duration within) throws IOException {
        return ask("GET", path, BodyPublishers.noBody(), within);
    }

    public JsonNode post(String path, Duration within) throws IOException {
        return ask("POST", path, BodyPublishers.noBody(), within);
    }

    public JsonNode patch(String path, Map<String, ?> change, Duration within) throws IOException {
        return ask("PATCH", path, BodyPublishers.ofString(mapper.writeValueAsString(change)), within);
    }

    public JsonNode delete(String path, Duration within) throws IOException {
        return ask("DELETE", path, BodyPublishers.noBody(), within);
    }

    /**
     * @param path behind {@code /api/v1}
     * @throws ToolException where the request fails, with the process's answer
     */
    private JsonNode ask(String method, String path, BodyPublisher body, Duration within) throws IOException {
        // Read each time: a long operation outlives a token.
        JsonNode operator = operator();
        String base = operator.path("rest").asString();
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                .timeout(within)
                .header("Authorization", "Bearer " + operator.path("token").asString())
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        HttpResponse<String> answer;
        try {
            answer = client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ToolException(
                    "%s is in use, but the process that has it does not answer at %s (%s)"
                            .formatted(data.root(), base, e),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException("Interrupted", e);
        }
        if (answer.statusCode() / 100 == 2) {
            return read(answer.body());
        }
        throw new ToolException(said(answer));
    }

    private JsonNode operator() throws IOException {
        try {
            return read(Files.readString(data.operatorToken()));
        } catch (NoSuchFileException e) {
            throw new ToolException(
                    "%s is in use by a process that does not answer requests yet: it is starting or stopping, or another tool is running. Try again"
                            .formatted(data.root()));
        }
    }

    private String said(HttpResponse<String> answer) {
        if (answer.statusCode() == 401) {
            return "The process that has %s does not take %s: it may have just been started. Try again"
                    .formatted(data.root(), data.operatorToken());
        }
        return answer.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("application/problem+json"))
                .map(type -> read(answer.body()).path("detail").asString())
                .orElse("The process that has %s answered %d to %s"
                        .formatted(data.root(), answer.statusCode(), answer.uri()));
    }

    private JsonNode read(String json) {
        try {
            return mapper.readTree(json);
        } catch (JacksonException e) {
            throw new ToolException("The answer of the process that has %s cannot be read".formatted(data.root()), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
