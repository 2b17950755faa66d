package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.Problem;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Adds an example to each body and to each problem. Bodies are made of the examples of their members, so a new operation
 * has examples without further work.
 */
final class ApiExamples {

    private static final String SCHEMAS = "#/components/schemas/";
    private static final String EXAMPLES = "#/components/examples/";

    /** Answers contain schemas in schemas; none of them deeper than this. */
    private static final int LEVELS = 8;

    private final OpenAPI api;
    private final ApiMembers members;
    private final Set<String> used = new TreeSet<>();

    ApiExamples(OpenAPI api, ApiMembers members) {
        this.api = api;
        this.members = members;
    }

    void add() {
        api.getPaths().values().forEach(item -> item.readOperations().forEach(this::add));
        List<Object> unused = Arrays.stream(Problem.values())
                .filter(problem -> !used.contains(problem.code()))
                .<Object>map(this::document)
                .toList();
        @SuppressWarnings("unchecked")
        Schema<Object> problem = api.getComponents().getSchemas().get("Problem");
        problem.setExamples(unused);
    }

    private void add(Operation operation) {
        if (operation.getRequestBody() != null) {
            addTo(operation.getRequestBody().getContent());
        }
        operation.getResponses().forEach((status, response) -> {
            if (status.compareTo("400") >= 0) {
                addProblems(operation, Integer.parseInt(status), response.getContent());
            } else {
                addTo(response.getContent());
            }
        });
    }

    private void addTo(Content content) {
        if (content == null) {
            return;
        }
        for (MediaType type : content.values()) {
            if (type.getSchema() != null && type.getExample() == null && type.getExamples() == null) {
                type.setExample(of(type.getSchema(), "", "", 0));
            }
        }
    }

    private void addProblems(Operation operation, int status, Content content) {
        MediaType type = content.values().iterator().next();
        List<Problem> ofStatus = Arrays.stream(Problem.values())
                .filter(problem -> problem.httpStatus() == status)
                .toList();
        List<Problem> possible = ofStatus.stream()
                .filter(problem -> members.isOf(operation, problem.code()))
                .toList();
        for (Problem problem : possible.isEmpty() ? ofStatus : possible) {
            type.addExamples(problem.code(), new Example().$ref(EXAMPLES + problem.code()));
            if (used.add(problem.code())) {
                api.getComponents()
                        .addExamples(
                                problem.code(),
                                new Example().summary(problem.title()).value(document(problem)));
            }
        }
    }

    private Map<String, Object> document(Problem problem) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", problem.urn());
        document.put("title", problem.title());
        document.put("status", problem.httpStatus());
        document.put("detail", problem.title());
        document.put("requestId", members.example("Problem", "requestId"));
        switch (problem) {
            case INVALID_REQUEST -> {
                Object field = members.example("Violation", "field");
                Object message = members.example("Violation", "message");
                document.put("detail", members.example("Problem", "detail"));
                document.put("errors", List.of(Map.of("field", field, "message", message)));
            }
            case INSUFFICIENT_STOCK -> document.put("available", 2);
            case ORDER_STATUS -> document.put("orderStatus", members.example("Problem", "orderStatus"));
            case TOO_MANY_REQUESTS -> document.put(Problems.RETRY_AFTER, 2);
            default -> {
                // No further members.
            }
        }
        return document;
    }

    private Object of(Schema<?> schema, String component, String member, int depth) {
        if (schema.get$ref() != null) {
            String name = schema.get$ref().substring(SCHEMAS.length());
            return of(api.getComponents().getSchemas().get(name), name, "", depth + 1);
        }
        if (schema.getAnyOf() != null && !schema.getAnyOf().isEmpty()) {
            return of(schema.getAnyOf().getFirst(), component, member, depth);
        }
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return schema.getEnum().getFirst();
        }
        Object known = member.isEmpty() ? null : members.example(component, member);
        Set<String> types = ApiMembers.types(schema);
        if (types.contains("array")) {
            return schema.getItems() == null || depth > LEVELS
                    ? List.of()
                    : new ArrayList<>(List.of(of(schema.getItems(), component, "", depth)));
        }
        if (schema.getProperties() != null) {
            Map<String, Object> value = new LinkedHashMap<>();
            if (depth <= LEVELS) {
                schema.getProperties().forEach((name, part) -> value.put(name, of(part, component, name, depth)));
            }
            return value;
        }
        if (known != null) {
            return known;
        }
        if (types.contains("integer") || types.contains("number")) {
            return schema.getMinimum() == null || schema.getMinimum().signum() < 0 ? 1 : schema.getMinimum();
        }
        return types.contains("boolean") ? (Object) true : types.contains("string") ? "text" : Map.of();
    }
}
