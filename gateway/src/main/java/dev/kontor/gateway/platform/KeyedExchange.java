package dev.kontor.gateway.platform;

import com.google.protobuf.ByteString;
import dev.kontor.gateway.platform.TakesKey.Use;
import dev.kontor.grpc.identity.KeyedCall;
import dev.kontor.grpc.identity.KeyedCall.Outcome;
import dev.kontor.proto.request.RequestAnswer;
import io.grpc.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** A request with an idempotency key, and its answer, which is held back until it is kept. */
final class KeyedExchange {

    private static final String ATTRIBUTE = KeyedExchange.class.getName();

    /** The customers whose data the answer shows; a list of ids. */
    private static final String SHOWN = ATTRIBUTE + ".shown";

    /** They are about the call, and not about the effect: token, body or limits. */
    private static final Set<Integer> PASSING = Set.of(401, 403, 408, 429);

    private final HttpServletRequest request;
    private final ContentCachingResponseWrapper answer;
    private final KeyedCall call;
    private final Use use;
    private final String email;
    private Context outer;
    private Context context;

    /** @param email the scope of the key; empty for the caller */
    KeyedExchange(
            HttpServletRequest request, ContentCachingResponseWrapper answer, KeyedCall call, Use use, String email) {
        this.request = request;
        this.answer = answer;
        this.call = call;
        this.use = use;
        this.email = email;
    }

    /** Null if no operation takes the key of this request. */
    static KeyedExchange of(HttpServletRequest request) {
        return (KeyedExchange) request.getAttribute(ATTRIBUTE);
    }

    void begin() {
        request.setAttribute(ATTRIBUTE, this);
        context = call.in(Context.current());
        outer = context.attach();
    }

    void end() {
        context.detach(outer);
    }

    /** Calls a side as a part of this request. */
    <T> T within(Supplier<T> work) {
        Context before = context.attach();
        try {
            return work.get();
        } finally {
            context.detach(before);
        }
    }

    Use use() {
        return use;
    }

    String email() {
        return email;
    }

    Outcome outcome() {
        return call.outcome();
    }

    /** Marks the customers whose personal data the answer shows, beside the caller's. */
    static void shows(HttpServletRequest request, List<String> customerIds) {
        if (of(request) != null) {
            request.setAttribute(SHOWN, customerIds);
        }
    }

    @SuppressWarnings("unchecked") // only this class sets it
    List<String> shown() {
        return (List<String>) Objects.requireNonNullElse(request.getAttribute(SHOWN), List.of());
    }

    /** Whether the answer stays the same for ever: the effect is there, and its end is known. */
    boolean isFinal() {
        int status = answer.getStatus();
        boolean hasEffect = call.outcome() != Outcome.NONE;
        boolean isOpen = status == HttpServletResponse.SC_ACCEPTED && use != Use.CLAIMED;
        return hasEffect && !isOpen && !PASSING.contains(status) && !isFailed();
    }

    private boolean isFailed() {
        return answer.getStatus() >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }

    RequestAnswer answer() {
        return RequestAnswer.newBuilder()
                .setStatus(answer.getStatus())
                .setLocation(orEmpty(answer.getHeader(HttpHeaders.LOCATION)))
                .setEtag(orEmpty(answer.getHeader(HttpHeaders.ETAG)))
                .setContentType(orEmpty(answer.getContentType()))
                .setBody(ByteString.copyFrom(answer.getContentAsByteArray()))
                .build();
    }

    private static String orEmpty(String header) {
        return Objects.requireNonNullElse(header, "");
    }

    /** Replaces the answer by one that was given before. */
    void replay(RequestAnswer earlier) throws IOException {
        answer.resetBuffer();
        answer.setStatus(earlier.getStatus());
        header(HttpHeaders.LOCATION, earlier.getLocation());
        header(HttpHeaders.ETAG, earlier.getEtag());
        if (!earlier.getContentType().isEmpty()) {
            answer.setContentType(earlier.getContentType());
        }
        answer.getOutputStream().write(earlier.getBody().toByteArray());
        markAsReplayed();
    }

    private void header(String name, String value) {
        if (!value.isEmpty()) {
            answer.setHeader(name, value);
        } else if (answer.containsHeader(name)) {
            // Of the answer that is replaced.
            answer.setHeader(name, null);
        }
    }

    void markAsReplayed() {
        if (isFailed()) {
            return;
        }
        answer.setHeader(IdempotencyKey.REPLAYED, Boolean.TRUE.toString());
    }
}
