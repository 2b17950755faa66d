package dev.kontor.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.testsupport.Answer;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deviations from the description are found. */
class ContractTest {

    private static final Contract CONTRACT = new Contract("""
            {"openapi": "3.1.0",
             "paths": {
               "/api/v1/things/{id}": {"get": {"responses": {
                 "200": {
                   "headers": {"ETag": {"$ref": "#/components/headers/ETag"}, "Age": {"schema": {"type": "string"}}},
                   "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                 "404": {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}}}},
               "/api/v1/things/mine": {"delete": {"responses": {"204": {"description": "gone"}}}}},
             "components": {
               "headers": {"ETag": {"required": true, "schema": {"type": "string"}}},
               "schemas": {
                 "Thing": {"type": "object", "required": ["id"], "properties": {
                   "id": {"type": "string"},
                   "next": {"type": ["string", "null"]},
                   "part": {"$ref": "#/components/schemas/Thing"}}},
                 "Problem": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}}}}}
            """);

    private static Answer answer(int status, String type, String body, String... headers) {
        Map<String, List<String>> all = new TreeMap<>(Map.of("Content-Type", List.of(type)));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], List.of(headers[i + 1]));
        }
        return new Answer(status, HttpHeaders.of(all, (name, value) -> true), body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{\"id\":\"a\"}", "{\"id\":\"a\",\"next\":null,\"part\":{\"id\":\"b\"}}"})
    void what_is_as_described_passes(String body) {
        assertThatCode(() -> CONTRACT.check(
                        "GET", "/api/v1/things/a?x=y", answer(200, "application/json", body, "ETag", "1", "Age", "2")))
                .doesNotThrowAnyException();
        assertThatCode(() -> CONTRACT.check("DELETE", "/api/v1/things/mine", answer(204, "", "")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET|200|application/json|{\"next\":null}|ETag|a member that is always there is missing",
                "GET|200|application/json|{\"id\":7}|ETag|a member of another type",
                "GET|200|application/json|{\"id\":null}|ETag|a member that is null",
                "GET|200|application/json|{\"id\":\"a\",\"part\":{}}|ETag|a member of a member is missing",
                "GET|200|text/html|{\"id\":\"a\"}|ETag|another content type",
                "GET|200|application/json|{\"id\":\"a\"}|Age|a header is missing",
                "GET|200|application/json|{\"id\":\"a\"}|X-Other|a header that is not described",
                "GET|409|application/problem+json|{\"type\":\"x\"}|Age|a status that is not described",
                "GET|404|application/problem+json|{}|Date|a problem without its type",
                "PUT|200|application/json|{\"id\":\"a\"}|ETag|a method that is not described",
                "DELETE|204||{}|Date|a body where none is described",
                "PUT|405|text/html|{\"type\":\"x\"}|Allow|what no operation answers is a problem, too"
            })
    void what_is_not_as_described_fails(
            String method, int status, String type, String body, String header, String what) {
        String path = method.equals("DELETE") ? "/api/v1/things/mine" : "/api/v1/things/a";

        assertThatThrownBy(
                        () -> CONTRACT.check(method, path, answer(status, type == null ? "" : type, body, header, "1")))
                .as(what)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void pages_are_not_described() {
        assertThat(Contract.isAbout("/api/v1/orders?pageSize=1")).isTrue();
        assertThat(Contract.isAbout("/.well-known/jwks.json")).isTrue();
        assertThat(Contract.isAbout("/swagger-ui/index.html")).isFalse();
        assertThat(Contract.isAbout("/actuator/health")).isFalse();
    }
}
