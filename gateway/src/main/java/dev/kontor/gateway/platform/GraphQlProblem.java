package dev.kontor.gateway.platform;

import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.language.SourceLocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A problem as an error of a GraphQL answer: {@code extensions} have the members of the problem document, and its type
 * as {@code code}.
 *
 * @param locations in the document, may be null
 * @param path in the answer; null for an error of the whole request
 */
record GraphQlProblem(ProblemDocument problem, List<SourceLocation> locations, List<Object> path)
        implements GraphQLError {

    @Override
    public String getMessage() {
        return problem.detail();
    }

    @Override
    public List<SourceLocation> getLocations() {
        return locations;
    }

    @Override
    public List<Object> getPath() {
        return path;
    }

    /** Not part of the answer. */
    @Override
    public ErrorClassification getErrorType() {
        return ErrorType.DataFetchingException;
    }

    @Override
    public Map<String, Object> getExtensions() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("code", problem.type());
        members.put("title", problem.title());
        members.put("status", problem.status());
        members.put("detail", problem.detail());
        members.put("requestId", problem.requestId());
        if (!problem.errors().isEmpty()) {
            members.put("errors", problem.errors());
        }
        if (problem.moreErrors() != null) {
            members.put("moreErrors", problem.moreErrors());
        }
        members.putAll(problem.more());
        return members;
    }

    @Override
    public Map<String, Object> toSpecification() {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", getMessage());
        if (locations != null && !locations.isEmpty()) {
            error.put(
                    "locations",
                    locations.stream()
                            .map(place -> Map.of("line", place.getLine(), "column", place.getColumn()))
                            .toList());
        }
        if (path != null) {
            error.put("path", path);
        }
        error.put("extensions", getExtensions());
        return error;
    }
}
