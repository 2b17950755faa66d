package dev.kontor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP response. */
public record Answer(int status, HttpHeaders headers, String body) {

    private static final JsonMapper JSON = new JsonMapper();

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

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public Answer hasStatus(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    /** Asserts what holds for every problem. */
    public Answer isProblem(int expectedStatus, String code) {
        hasStatus(expectedStatus);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(at("/type")).as(body).isEqualTo("urn:kontor:problem:" + code);
        assertThat(number("/status")).as(body).isEqualTo(expectedStatus);
        assertThat(at("/title")).as(body).isNotBlank();
        assertThat(at("/requestId")).as(body).isNotBlank().isEqualTo(header("X-Request-Id"));
        return this;
    }
}
