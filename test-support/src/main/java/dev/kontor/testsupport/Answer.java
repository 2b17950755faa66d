package dev.kontor.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP response. */
public record Answer(int status, HttpHeaders headers, String body) {

    private static final JsonMapper JSON = new JsonMapper();

    public static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** @throws AssertionError where no answer comes */
    public static Answer to(HttpRequest request, HttpClient client) {
        try {
            return of(client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** The text at a JSON pointer, empty if there is none. */
    public String at(String pointer) {
        return json().at(pointer).asString();
    }

    public long number(String pointer) {
        return json().at(pointer).asLong();
    }

    public List<JsonNode> items() {
        return json().at("/items").valueStream().toList();
    }

    /** Empty where there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public Answer hasNoHeader(String name) {
        assertThat(headers.allValues(name)).as(name).isEmpty();
        return this;
    }

    public Answer hasStatus(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    public Answer satisfies(Consumer<Answer> requirement) {
        requirement.accept(this);
        return this;
    }

    /** Asserts what holds for every problem. */
    public Answer isProblem(int expectedStatus, String code) {
        hasStatus(expectedStatus);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(at("/type")).as(body).isEqualTo("urn:kontor:problem:" + code);
        assertThat(number("/status")).as(body).isEqualTo(expectedStatus);
        assertThat(at("/title")).as(body).isNotBlank();
        assertThat(at("/detail")).as(body).isNotBlank();
        assertThat(at("/requestId")).as(body).isNotBlank();
        if (header("Idempotent-Replayed").isEmpty()) {
            // An answer that is repeated names the request that it was first given to.
            assertThat(at("/requestId")).as(body).isEqualTo(header("X-Request-Id"));
        }
        return this;
    }

    /** Asserts that one of a problem's errors is about this field. */
    public Answer namesField(String field) {
        assertThat(json().at("/errors")
                        .valueStream()
                        .map(error -> error.get("field").asString()))
                .as(body)
                .contains(field);
        return this;
    }
}
