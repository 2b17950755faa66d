package dev.kontor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP client of one Kontor, anonymous or with a token. Verifies every answer of the API against its description.
 * Safe for many threads.
 */
public final class Client {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private static final AtomicReference<Contract> CONTRACT = new AtomicReference<>();

    private final URI rest;
    private final Supplier<String> token;

    private Client(URI rest, Supplier<String> token) {
        this.rest = rest;
        this.token = token;
    }

    /** Without a token. */
    public static Client anonymous(URI rest) {
        return new Client(rest, () -> null);
    }

    /** Always with this token, even after it has expired. */
    public Client withToken(String other) {
        return withToken(() -> other);
    }

    Client withToken(Supplier<String> other) {
        return new Client(rest, other);
    }

    /** Empty for an anonymous client. */
    public String token() {
        String shown = token.get();
        return shown == null ? "" : shown;
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    public Answer post(String path, String... headers) {
        return send("POST", path, BodyPublishers.noBody(), headers);
    }

    /** @param body a text is sent unchanged, anything else as JSON */
    public Answer sendJson(String method, String path, Object body, String... headers) {
        String text = body instanceof String asItIs ? asItIs : JSON.writeValueAsString(body);
        return send(method, path, BodyPublishers.ofString(text), with("Content-Type", "application/json", headers));
    }

    public Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(rest.resolve(path)).timeout(PATIENCE).method(method, body);
        String shown = token.get();
        String[] all = shown == null ? headers : with("Authorization", "Bearer " + shown, headers);
        if (all.length > 0) {
            request.headers(all);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() >= 400) {
                Secrets.assertNoneIn(response.body(), "the answer to %s %s".formatted(method, path));
            }
            Answer answer = Answer.of(response);
            if (Contract.isAbout(path)) {
                contract().check(method, path, answer);
            }
            return answer;
        } catch (IOException e) {
            throw new NoAnswer(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer(method + " " + path, e);
        }
    }

    /** Opens a stream of server-sent events, or is refused. */
    public EventReader watch(String path, String... headers) {
        return watch("GET", path, BodyPublishers.noBody(), headers);
    }

    /** Opens a subscription of GraphQL, or is refused. */
    public EventReader subscribe(String query, Map<String, Object> variables) {
        String body = JSON.writeValueAsString(Map.of("query", query, "variables", variables));
        return watch("POST", "/graphql", BodyPublishers.ofString(body), "Content-Type", "application/json");
    }

    private EventReader watch(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(rest.resolve(path))
                .timeout(PATIENCE)
                .header("Accept", "text/event-stream")
                .method(method, body);
        String shown = token.get();
        if (shown != null) {
            request.header("Authorization", "Bearer " + shown);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new EventReader(HTTP.send(request.build(), BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new NoAnswer(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer(method + " " + path, e);
        }
    }

    /** The description that the server publishes; all servers of one program publish the same. */
    private Contract contract() throws IOException, InterruptedException {
        Contract known = CONTRACT.get();
        if (known == null) {
            HttpRequest request = HttpRequest.newBuilder(rest.resolve("/v3/api-docs"))
                    .timeout(PATIENCE)
                    .build();
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            known = new Contract(response.body());
            CONTRACT.set(known);
        }
        return known;
    }

    private static String[] with(String name, String value, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = name;
        all[1] = value;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return all;
    }
}
