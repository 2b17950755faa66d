package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import graphql.GraphQLError;
import graphql.language.OperationDefinition.Operation;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.ExecutionGraphQlResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** GraphQL over HTTP, as its specification says; by POST only. */
@Hidden
@RestController
class GraphQlController implements AutoCloseable {

    static final String PATH = "/graphql";

    static final MediaType RESPONSE = MediaType.parseMediaType("application/graphql-response+json");

    /** They are about one change, and a request may have several. */
    private static final List<String> NOT_TAKEN = List.of("Idempotency-Key", HttpHeaders.IF_MATCH);

    /** The memory of a parsed document, for each of its characters. */
    private static final int BYTES_PER_CHARACTER = 50;

    private final ObjectProvider<GraphQlEngine> engine;
    private final Duration deadline;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("graphql-deadlines").factory());

    /** @param deadline of a query, however many calls it makes; each mutation has the deadlines of its REST call */
    GraphQlController(ObjectProvider<GraphQlEngine> engine, @Value("${kontor.deadline:10s}") Duration deadline) {
        this.engine = engine;
        this.deadline = deadline;
    }

    @PostMapping(PATH)
    void answer(
            @RequestBody GraphQlBody body,
            @RequestHeader(name = "Prefer", required = false) String prefer,
            @RequestHeader(name = HttpHeaders.USER_AGENT, required = false) String device,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        for (String header : NOT_TAKEN) {
            if (request.getHeader(header) != null) {
                throw RefusedException.invalid(header, "is not taken here");
            }
        }
        Map<String, Object> answer = answer(body, new GraphQlCall(PreferHeader.of(prefer), device));
        MediaType type = typeFor(request);
        boolean isRefused = !answer.containsKey("data");
        response.setStatus(
                isRefused && type == RESPONSE ? HttpServletResponse.SC_BAD_REQUEST : HttpServletResponse.SC_OK);
        response.setContentType(type.toString());
        StrictJson.MAPPER.writeValue(response.getOutputStream(), answer);
    }

    private Map<String, Object> answer(GraphQlBody body, GraphQlCall call) {
        HeldAnswer held = HeldAnswer.CONTEXT.get();
        held.addUp();
        GraphQlDocument document;
        try {
            GraphQlEngine present = engine.getObject();
            if (body.query() != null
                    && !held.take(BYTES_PER_CHARACTER * (long) body.query().length())) {
                throw CountedAnswers.tooManyAnswers();
            }
            document = GraphQlDocument.of(body, present.schema());
            if (document.operation().getOperation() == Operation.SUBSCRIPTION) {
                throw new RefusedException(Problem.NOT_ACCEPTABLE, "A subscription is answered as text/event-stream");
            }
            if (document.errors().isEmpty()) {
                return body(execute(present, document, body, call));
            }
        } catch (RefusedException refused) {
            if (refused.problem().httpStatus() != HttpServletResponse.SC_BAD_REQUEST) {
                throw refused;
            }
            return Map.of("errors", List.of(GraphQlProblems.of(refused).toSpecification()));
        }
        return Map.of("errors", specification(document.errors()));
    }

    private ExecutionGraphQlResponse execute(
            GraphQlEngine present, GraphQlDocument document, GraphQlBody body, GraphQlCall call) {
        if (document.operation().getOperation() == Operation.MUTATION) {
            return present.execute(document, body, call);
        }
        CancellableContext bounded =
                Context.current().withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS, deadlines);
        Context outer = bounded.attach();
        try {
            return present.execute(document, body, call);
        } finally {
            bounded.detachAndCancel(outer, null);
        }
    }

    private static Map<String, Object> body(ExecutionGraphQlResponse executed) {
        Map<String, Object> body = new LinkedHashMap<>();
        List<GraphQLError> errors = executed.getExecutionResult().getErrors();
        if (!errors.isEmpty()) {
            body.put("errors", specification(errors));
        }
        if (executed.getExecutionResult().isDataPresent()) {
            body.put("data", executed.getData());
        }
        return body;
    }

    private static List<Map<String, Object>> specification(List<? extends GraphQLError> errors) {
        return errors.stream()
                .limit(RefusedException.MOST_VIOLATIONS)
                .map(error -> GraphQlProblems.of(error).toSpecification())
                .toList();
    }

    /** The first type that the client accepts; by default the one of the specification. */
    private static MediaType typeFor(HttpServletRequest request) {
        return AcceptHeaderFilter.typesOf(request).stream()
                .filter(accepted -> accepted.getQualityValue() > 0)
                .sorted((one, other) -> Double.compare(other.getQualityValue(), one.getQualityValue()))
                .filter(accepted ->
                        accepted.isCompatibleWith(RESPONSE) || accepted.isCompatibleWith(MediaType.APPLICATION_JSON))
                .findFirst()
                .filter(accepted -> !accepted.isCompatibleWith(RESPONSE))
                .map(accepted -> MediaType.APPLICATION_JSON)
                .orElse(RESPONSE);
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }
}
