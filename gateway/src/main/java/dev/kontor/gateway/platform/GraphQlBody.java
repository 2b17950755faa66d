package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.RefusedException;
import graphql.language.OperationDefinition;
import graphql.language.VariableDefinition;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * The body of a GraphQL request.
 *
 * @param operationName null if the document has one operation
 * @param variables null for none
 */
record GraphQlBody(String query, String operationName, Map<String, Object> variables) {

    private static final TypeReference<Map<String, Object>> VARIABLES = new TypeReference<>() {};

    GraphQlBody {
        variables = variables == null ? Map.of() : variables;
    }

    /**
     * The parameters of a GET.
     *
     * @param variables a JSON object; null for none
     * @throws RefusedException if the variables are no JSON object
     */
    static GraphQlBody of(String query, String operationName, String variables) {
        try {
            return new GraphQlBody(
                    query, operationName, variables == null ? null : StrictJson.MAPPER.readValue(variables, VARIABLES));
        } catch (JacksonException unreadable) {
            throw RefusedException.invalid("variables", "must be a JSON object");
        }
    }

    /** With the variables that this operation has. */
    GraphQlBody forOperation(OperationDefinition operation) {
        Map<String, Object> of = new HashMap<>(variables);
        of.keySet()
                .retainAll(operation.getVariableDefinitions().stream()
                        .map(VariableDefinition::getName)
                        .toList());
        return new GraphQlBody(query, operationName, of);
    }

    /** Keeps credentials out of logs. */
    @Override
    public String toString() {
        return "GraphQlBody[...]";
    }
}
