package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.RequestId;
import graphql.GraphQLError;
import graphql.schema.DataFetchingEnvironment;
import graphql.validation.ValidationError;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import reactor.core.publisher.Mono;

/** Maps failures of data fetchers, and errors that the library finds, to problems. */
final class GraphQlProblems implements DataFetcherExceptionResolver {

    /** The library's texts of these name Java classes. */
    private static final Pattern VALUE =
            Pattern.compile("(?i)(?:argument|variable) '([\\w.\\[\\]]{1,80})'.*", Pattern.DOTALL);

    private static final Pattern PREFIX = Pattern.compile("^Validation error \\([^)]*\\) ?: ");

    @Override
    public Mono<List<GraphQLError>> resolveException(Throwable failure, DataFetchingEnvironment fetched) {
        return Mono.just(List.of(of(failure, fetched)));
    }

    static GraphQlProblem of(Throwable failure, DataFetchingEnvironment fetched) {
        return new GraphQlProblem(
                documentOf(failure, fetched.getField().getName()),
                List.of(fetched.getField().getSourceLocation()),
                fetched.getExecutionStepInfo().getPath().toList());
    }

    private static ProblemDocument documentOf(Throwable failure, String field) {
        if (failure instanceof ProblemSource source) {
            return ProblemDocument.of(source.refusal(), source.status(), source.members(), RequestId.current());
        }
        RefusedException refused = Problems.refusalOf(failure, "GraphQL " + field);
        return ProblemDocument.of(
                refused, refused.problem().httpStatus(), headerMembersOf(failure), RequestId.current());
    }

    /** What is a header over REST. */
    private static Map<String, Object> headerMembersOf(Throwable failure) {
        return failure instanceof PreconditionFailed failed
                ? failed.present()
                        .<Map<String, Object>>map(tag -> Map.of("etag", tag))
                        .orElse(Map.of())
                : Map.of();
    }

    /** An error of the whole request. */
    static GraphQlProblem of(RefusedException refused) {
        return new GraphQlProblem(ProblemDocument.of(refused, RequestId.current()), null, null);
    }

    /** An error that the library has found, in the words of the other problems. */
    static GraphQlProblem of(GraphQLError error) {
        if (error instanceof GraphQlProblem problem) {
            return problem;
        }
        return new GraphQlProblem(
                ProblemDocument.of(refusalOf(error), RequestId.current()), error.getLocations(), error.getPath());
    }

    /** The answer to a request that is refused as a whole. */
    static Map<String, Object> body(GraphQlProblem problem) {
        return Map.of("errors", List.of(problem.toSpecification()));
    }

    static List<Map<String, Object>> specification(List<? extends GraphQLError> errors) {
        return errors.stream()
                .limit(RefusedException.MOST_VIOLATIONS)
                .map(error -> of(error).toSpecification())
                .toList();
    }

    private static RefusedException refusalOf(GraphQLError error) {
        String text = PREFIX.matcher(String.valueOf(error.getMessage())).replaceFirst("");
        Matcher value = VALUE.matcher(text);
        if (value.find() && !text.startsWith("Unknown ") && !text.startsWith("Undefined ")) {
            return RefusedException.invalid(value.group(1), "is absent or not of the type that the schema declares");
        }
        return error instanceof ValidationError
                ? RefusedException.invalid("query", "is not valid: " + text)
                : RefusedException.invalid("query", "cannot be executed");
    }
}
