package dev.kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.testsupport.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** GraphQL of the gateway alone, in front of scripted sides. */
public abstract class GraphQlTest extends GatewayTest {

    protected static final String PATH = "/graphql";
    protected static final String RESPONSE = "application/graphql-response+json";

    private static final JsonMapper JSON = new JsonMapper();

    /** The answer to an operation; the token is null for none. */
    protected final Answer ask(String token, String query, Map<String, Object> variables, String... headers) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("query", query);
        body.put("variables", variables);
        String json = JSON.writeValueAsString(body);
        return token == null ? sendJson("POST", PATH, json, headers) : sendJsonAs(token, "POST", PATH, json, headers);
    }

    protected final Answer ask(String token, String query) {
        return ask(token, query, Map.of());
    }

    /** The answer to an operation that succeeds as a whole. */
    protected final Answer data(String token, String query, Map<String, Object> variables) {
        Answer answer = ask(token, query, variables).hasStatus(200);
        assertThat(answer.json().has("errors")).as(answer.body()).isFalse();
        return answer;
    }

    protected final Answer data(String token, String query) {
        return data(token, query, Map.of());
    }

    /** The code of the only error, which is of this field. */
    protected static String code(Answer answer) {
        assertThat(answer.json().at("/errors").size()).as(answer.body()).isEqualTo(1);
        return answer.at("/errors/0/extensions/code");
    }
}
