package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.RefusedException;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Answers a subscription with the stream of {@link EventStreams} that its data fetcher names. */
@Lazy
@Component
class GraphQlSubscriptions {

    private final GraphQlEngine engine;
    private final GraphQlDeadlines deadlines;
    private final EventStreams streams;

    GraphQlSubscriptions(GraphQlEngine engine, GraphQlDeadlines deadlines, EventStreams streams) {
        this.engine = engine;
        this.deadlines = deadlines;
        this.streams = streams;
    }

    /**
     * Returns when the first event or a refusal has come. A refused operation is answered as one that has ended.
     *
     * @param document has passed validation
     * @throws RefusedException if there is no capacity for the stream
     */
    void answer(
            GraphQlDocument document,
            GraphQlBody body,
            GraphQlCall call,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        GraphQlBody kept = body.forOperation(document.operation());
        GraphQlSubscription opening = GraphQlSubscription.opening();
        Map<String, Object> opened = result(document, kept, call, opening);
        if (opening.watched().isEmpty()) {
            writeOnce(response, opened);
            return;
        }
        HeldAnswer held = HeldAnswer.CONTEXT.get();
        try {
            streams.answer(
                    request,
                    response,
                    opening.watched().get(),
                    new GraphQlEvents(shown -> event(shown, held, kept, call)));
        } catch (RefusedException | StatusRuntimeException failure) {
            if (isAboutCapacity(failure)) {
                throw failure;
            }
            writeOnce(response, opening.refused(failure));
        }
    }

    /** Then the client should come back; protocols tell it by the status. */
    private static boolean isAboutCapacity(RuntimeException failure) {
        int status = ExceptionProblems.refusalOf(failure).problem().httpStatus();
        return status == HttpStatus.TOO_MANY_REQUESTS.value() || status >= HttpStatus.INTERNAL_SERVER_ERROR.value();
    }

    /** What the event joins is charged as the answer to a request is. */
    private Map<String, Object> event(Object shown, HeldAnswer request, GraphQlBody body, GraphQlCall call) {
        HeldAnswer held = request.another();
        held.addUp();
        Context outer = Context.current().withValue(HeldAnswer.CONTEXT, held).attach();
        try {
            return result(GraphQlDocument.again(body), body, call, GraphQlSubscription.showing(shown));
        } finally {
            Context.current().detach(outer);
            held.giveBack();
        }
    }

    private Map<String, Object> result(
            GraphQlDocument document, GraphQlBody body, GraphQlCall call, GraphQlSubscription subscription) {
        return deadlines.within(() -> engine.subscribe(document, body, call, subscription));
    }

    static void writeOnce(HttpServletResponse response, Map<String, Object> result) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        GraphQlEvents.write(response.getOutputStream(), result);
    }
}
