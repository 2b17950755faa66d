package dev.kontor.standalone.tools.backup;

import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.tools.console.ToolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends REST requests as operator to the process that has a data folder. */
public final class RunningKontor implements AutoCloseable {

    private static final String DATA = "data:";
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

    public JsonNode post(String path, Map<String, ?> body, Duration within) throws IOException {
        return ask("POST", path, BodyPublishers.ofString(mapper.writeValueAsString(body)), within);
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
        HttpRequest request = request(path)
                .timeout(within)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        HttpResponse<String> answer = send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 == 2) {
            return answer.body().isEmpty() ? mapper.nullNode() : read(answer.body());
        }
        throw new ToolException(said(answer.statusCode(), answer.headers(), answer.uri(), answer.body()));
    }

    /**
     * Reads a stream of server-sent events until it ends.
     *
     * @param lastId of the last event that is known; empty for none
     * @param reader takes the document of each event, and returns whether it wants another one
     * @return whether the reader wanted more
     */
    public boolean follow(String path, String lastId, Predicate<JsonNode> reader) throws IOException {
        HttpRequest.Builder request = request(path).header("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<Stream<String>> answer = send(request.build(), BodyHandlers.ofLines());
        try (Stream<String> lines = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new ToolException(said(
                        answer.statusCode(), answer.headers(), answer.uri(), lines.collect(Collectors.joining("\n"))));
            }
            return lines.filter(line -> line.startsWith(DATA))
                    .allMatch(line -> reader.test(read(line.substring(DATA.length()))));
        } catch (UncheckedIOException streamEnded) {
            return true;
        }
    }

    /** With a token that is read each time: a long operation outlives one. */
    private HttpRequest.Builder request(String path) throws IOException {
        JsonNode operator = operator();
        return HttpRequest.newBuilder(URI.create(operator.path("rest").asString() + "/api/v1" + path))
                .header("Authorization", "Bearer " + operator.path("token").asString());
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) {
        try {
            return client.send(request, body);
        } catch (IOException e) {
            throw new ToolException(
                    "%s is in use, but the process that has it does not answer at %s (%s)"
                            .formatted(data.root(), request.uri().getAuthority(), e),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException("Interrupted", e);
        }
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

    private String said(int status, HttpHeaders headers, URI asked, String body) {
        if (status == 401) {
            return "The process that has %s does not take %s: it may have just been started. Try again"
                    .formatted(data.root(), data.operatorToken());
        }
        return headers.firstValue("Content-Type")
                .filter(type -> type.startsWith("application/problem+json"))
                .map(type -> read(body).path("detail").asString())
                .orElse("The process that has %s answered %d to %s".formatted(data.root(), status, asked));
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
