package dev.kontor.gateway.platform;

import dev.kontor.gateway.platform.TakesKey.Use;
import dev.kontor.grpc.identity.KeyedCall;
import dev.kontor.grpc.platform.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.web.method.HandlerMethod;

/** The {@code Idempotency-Key} header, or argument of a mutation. */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    /** The header of an answer that was given before, or whose effect was there before. */
    static final String REPLAYED = "Idempotent-Replayed";

    static final int MOST_CHARACTERS = 200;

    private IdempotencyKey() {}

    /** How the operation uses a key, in a request of this method. */
    static Use useOf(String method, HandlerMethod operation) {
        if (!HttpMethod.POST.matches(method)) {
            return Use.NEVER;
        }
        TakesKey declared = operation.getMethodAnnotation(TakesKey.class);
        return declared == null ? Use.WITH_COMMAND : declared.value();
    }

    /** @throws RefusedException if there are several, or it is malformed */
    static String of(HttpServletRequest request) {
        List<String> keys = Collections.list(request.getHeaders(HEADER));
        if (keys.size() != 1) {
            throw RefusedException.invalid(HEADER, "must be sent once");
        }
        return checked(HEADER, keys.getFirst().strip());
    }

    /**
     * @param name where the key is
     * @throws RefusedException if it is malformed
     */
    static String checked(String name, String key) {
        if (!KeyedCall.isAcceptable(key)) {
            throw RefusedException.invalid(
                    name, "must have 1 to %d printable characters of ASCII".formatted(MOST_CHARACTERS));
        }
        return key;
    }
}
