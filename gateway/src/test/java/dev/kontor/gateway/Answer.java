package dev.kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.grpc.platform.Problem;
import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP answer. */
public record Answer(int status, HttpHeaders headers, String body) {

    private static final JsonMapper mapper = new JsonMapper();

    public JsonNode json() {
        return mapper.readTree(body);
    }

    public String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    /** The text at a JSON pointer. */
    public String at(String pointer) {
        return json().at(pointer).asString();
    }

    public Answer hasStatus(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    public Answer isProblem(Problem expected) {
        return isProblem(expected, expected.httpStatus());
    }

    /** Checks everything that all problem documents have in common. */
    public Answer isProblem(Problem expected, int expectedStatus) {
        assertThat(status).as(body).isEqualTo(expectedStatus);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(at("/type")).isEqualTo("urn:kontor:problem:" + expected.code());
        assertThat(at("/title")).isEqualTo(expected.title());
        assertThat(json().at("/status").asInt()).isEqualTo(expectedStatus);
        assertThat(at("/detail")).isNotBlank();
        assertThat(at("/requestId")).isNotBlank().isEqualTo(header("X-Request-Id"));
        return this;
    }

    public Answer namesField(String field) {
        assertThat(json().at("/errors")
                        .valueStream()
                        .map(error -> error.get("field").asString()))
                .as(body)
                .contains(field);
        return this;
    }
}
