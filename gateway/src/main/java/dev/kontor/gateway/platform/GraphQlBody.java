package dev.kontor.gateway.platform;

import java.util.Map;

/**
 * The body of a GraphQL request.
 *
 * @param operationName null if the document has one operation
 * @param variables null for none
 */
record GraphQlBody(String query, String operationName, Map<String, Object> variables) {

    GraphQlBody {
        variables = variables == null ? Map.of() : variables;
    }

    /** Keeps credentials out of logs. */
    @Override
    public String toString() {
        return "GraphQlBody[...]";
    }
}
