package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import graphql.language.OperationDefinition.Operation;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * GraphQL over HTTP and over server-sent events, as their specifications say. GET is for subscriptions alone, which
 * change nothing and are kept by no cache.
 */
@Hidden
@RestController
class GraphQlController {

    static final String PATH = "/graphql";

    static final MediaType RESPONSE = MediaType.parseMediaType("application/graphql-response+json");

    /** What is answered; the first one to clients that accept any. */
    static final List<MediaType> ANSWERS = List.of(RESPONSE, MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM);

    /** They are about one change, and a request may have several. */
    private static final List<String> NOT_TAKEN = List.of("Idempotency-Key", HttpHeaders.IF_MATCH);

    /** The memory of a parsed document, for each of its characters. */
    private static final int BYTES_PER_CHARACTER = 50;

    private final ObjectProvider<GraphQlEngine> engine;
    private final ObjectProvider<GraphQlSubscriptions> subscriptions;
    private final ObjectProvider<GraphQlDeadlines> deadlines;

    GraphQlController(
            ObjectProvider<GraphQlEngine> engine,
            ObjectProvider<GraphQlSubscriptions> subscriptions,
            ObjectProvider<GraphQlDeadlines> deadlines) {
        this.engine = engine;
        this.subscriptions = subscriptions;
        this.deadlines = deadlines;
    }

    @PostMapping(PATH)
    void execute(
            @RequestBody GraphQlBody body,
            @RequestHeader(name = "Prefer", required = false) String prefer,
            @RequestHeader(name = HttpHeaders.USER_AGENT, required = false) String device,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, HttpRequestMethodNotSupportedException {
        answer(body, new GraphQlCall(PreferHeader.of(prefer), device), request, response);
    }

    @GetMapping(PATH)
    void subscribe(
            @RequestParam(required = false) String query,
            @RequestParam(required = false) String operationName,
            @RequestParam(required = false) String variables,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, HttpRequestMethodNotSupportedException {
        if (query == null) {
            throw onlyPost();
        }
        answer(GraphQlBody.of(query, operationName, variables), GraphQlCall.PLAIN, request, response);
    }

    private void answer(GraphQlBody body, GraphQlCall call, HttpServletRequest request, HttpServletResponse response)
            throws IOException, HttpRequestMethodNotSupportedException {
        for (String header : NOT_TAKEN) {
            if (request.getHeader(header) != null) {
                throw RefusedException.invalid(header, "is not taken here");
            }
        }
        GraphQlDocument document;
        try {
            document = documentOf(body);
        } catch (RefusedException refused) {
            if (refused.problem().httpStatus() != HttpServletResponse.SC_BAD_REQUEST) {
                throw refused;
            }
            write(GraphQlProblems.body(GraphQlProblems.of(refused)), request, response);
            return;
        }
        Operation operation = document.operation().getOperation();
        if (operation != Operation.SUBSCRIPTION && !request.getMethod().equals(HttpMethod.POST.name())) {
            throw onlyPost();
        }
        if (!document.errors().isEmpty()) {
            write(Map.of("errors", GraphQlProblems.specification(document.errors())), request, response);
        } else if (operation != Operation.SUBSCRIPTION) {
            write(result(document, body, call), request, response);
        } else if (takesEvents(request)) {
            subscriptions.getObject().answer(document, body, call, request, response);
        } else {
            throw new RefusedException(Problem.NOT_ACCEPTABLE, "A subscription is answered as text/event-stream");
        }
    }

    private static HttpRequestMethodNotSupportedException onlyPost() {
        return new HttpRequestMethodNotSupportedException(HttpMethod.GET.name(), List.of(HttpMethod.POST.name()));
    }

    private GraphQlDocument documentOf(GraphQlBody body) {
        HeldAnswer held = HeldAnswer.CONTEXT.get();
        held.addUp();
        GraphQlEngine present = engine.getObject();
        if (body.query() != null
                && !held.take(BYTES_PER_CHARACTER * (long) body.query().length())) {
            throw CountedAnswers.tooManyAnswers();
        }
        return GraphQlDocument.of(body, present.schema());
    }

    private Map<String, Object> result(GraphQlDocument document, GraphQlBody body, GraphQlCall call) {
        GraphQlEngine present = engine.getObject();
        return document.operation().getOperation() == Operation.MUTATION
                ? present.execute(document, body, call)
                : deadlines.getObject().within(() -> present.execute(document, body, call));
    }

    private static void write(Map<String, Object> result, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        MediaType type = typeFor(request);
        if (type == MediaType.TEXT_EVENT_STREAM) {
            GraphQlSubscriptions.writeOnce(response, result);
            return;
        }
        boolean isRefused = !result.containsKey("data");
        response.setStatus(
                isRefused && type == RESPONSE ? HttpServletResponse.SC_BAD_REQUEST : HttpServletResponse.SC_OK);
        response.setContentType(type.toString());
        StrictJson.MAPPER.writeValue(response.getOutputStream(), result);
    }

    /** The first type that the client accepts; by default the one of the specification. */
    private static MediaType typeFor(HttpServletRequest request) {
        return AcceptHeaderFilter.typesOf(request).stream()
                .filter(accepted -> accepted.getQualityValue() > 0)
                .sorted((one, other) -> Double.compare(other.getQualityValue(), one.getQualityValue()))
                .flatMap(accepted ->
                        ANSWERS.stream().filter(accepted::isCompatibleWith).limit(1))
                .findFirst()
                .orElse(RESPONSE);
    }

    private static boolean takesEvents(HttpServletRequest request) {
        List<MediaType> accepted = AcceptHeaderFilter.typesOf(request);
        return accepted.isEmpty()
                || accepted.stream()
                        .anyMatch(type ->
                                type.getQualityValue() > 0 && type.isCompatibleWith(MediaType.TEXT_EVENT_STREAM));
    }
}
