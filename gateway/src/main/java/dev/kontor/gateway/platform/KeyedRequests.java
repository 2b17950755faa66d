package dev.kontor.gateway.platform;

import dev.kontor.gateway.platform.TakesKey.Use;
import dev.kontor.grpc.identity.KeyedCall;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.request.ClaimRequestRequest;
import dev.kontor.proto.request.KeyedRequestsGrpc;
import dev.kontor.proto.request.KeyedRequestsGrpc.KeyedRequestsBlockingStub;
import dev.kontor.proto.request.RecallRequestRequest;
import dev.kontor.proto.request.RecalledRequest;
import io.grpc.Channel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.WebUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Requests with an {@code Idempotency-Key}. One that was answered before gets the same answer; all others are handled,
 * and the command side gives them one effect. {@link KeyedAnswers} keeps their answer. A key that an operation does not
 * take is refused. Requests without a key pass.
 */
@Configuration(proxyBeanMethods = false)
class KeyedRequests implements WebMvcConfigurer, HandlerInterceptor {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final KeyedRequestsBlockingStub requests;
    private final Duration longestWait;

    /** @param longestWait for the answer to the first of two requests at a time, if that has no events */
    KeyedRequests(@CommandSideChannel Channel commandSide, @Value("${kontor.deadline:10s}") Duration longestWait) {
        this.requests = KeyedRequestsGrpc.newBlockingStub(commandSide);
        this.longestWait = longestWait;
    }

    /** After all other checks: a repeat has to pass them as well. */
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this)
                .addPathPatterns("/api/**", "/.well-known/**")
                .order(Ordered.LOWEST_PRECEDENCE);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (request.getHeader(IdempotencyKey.HEADER) == null || !(handler instanceof HandlerMethod operation)) {
            return true;
        }
        Use use = IdempotencyKey.useOf(request.getMethod(), operation);
        if (use == Use.NEVER) {
            throw RefusedException.invalid(IdempotencyKey.HEADER, "is not taken here");
        }
        BufferedBody body = WebUtils.getNativeRequest(request, BufferedBody.class);
        ContentCachingResponseWrapper answer =
                WebUtils.getNativeResponse(response, ContentCachingResponseWrapper.class);
        KeyedCall call = KeyedCall.of(IdempotencyKey.of(request), fingerprint(request, body.bytes()));
        KeyedExchange exchange = new KeyedExchange(
                request, answer, call, use, use == Use.WITH_COMMAND_BY_EMAIL ? emailIn(body.bytes()) : "");
        if (use == Use.WITH_COMMAND_BY_EMAIL && exchange.email().isEmpty()) {
            // It is refused without an effect.
            return true;
        }
        exchange.begin();
        boolean goesOn = false;
        try {
            goesOn = use == Use.CLAIMED ? isClaimed(exchange, operation) : isOpen(exchange);
            return goesOn;
        } finally {
            if (!goesOn) {
                exchange.end();
            }
        }
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, Exception failure) {
        KeyedExchange exchange = KeyedExchange.of(request);
        if (exchange != null) {
            exchange.end();
        }
    }

    private boolean isOpen(KeyedExchange exchange) throws IOException {
        return !isReplayed(exchange, recall(exchange));
    }

    private RecalledRequest recall(KeyedExchange exchange) {
        return requests.recallRequest(
                RecallRequestRequest.newBuilder().setEmail(exchange.email()).build());
    }

    private static boolean isReplayed(KeyedExchange exchange, RecalledRequest known) throws IOException {
        if (known.getState() != RecalledRequest.State.ANSWERED) {
            return false;
        }
        exchange.replay(known.getAnswer());
        return true;
    }

    /** Whether this request is the first. A repeat waits for the answer to the first. */
    private boolean isClaimed(KeyedExchange exchange, HandlerMethod operation) throws IOException {
        RecalledRequest known = requests.claimRequest(ClaimRequestRequest.newBuilder()
                .setAct(operation.getMethod().getName())
                .build());
        if (known.getState() == RecalledRequest.State.UNKNOWN) {
            return true;
        }
        long end = System.nanoTime() + longestWait.toNanos();
        while (!isReplayed(exchange, known)) {
            if (System.nanoTime() > end) {
                throw new RefusedException(Problem.REQUEST_RUNNING, Problem.REQUEST_RUNNING.title());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            known = recall(exchange);
        }
        return false;
    }

    /** A hash of all that makes the request, and not of how long its client waits. */
    private static String fingerprint(HttpServletRequest request, byte[] body) {
        MessageDigest digest = EntityTag.sha256();
        for (String part : new String[] {
            request.getMethod(),
            request.getRequestURI(),
            Objects.requireNonNullElse(request.getQueryString(), ""),
            Objects.requireNonNullElse(request.getHeader(HttpHeaders.IF_MATCH), "")
        }) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(body));
    }

    /** Empty if there is none. */
    private static String emailIn(byte[] body) {
        try {
            JsonNode email = StrictJson.MAPPER.readTree(body).path("email");
            return email.isString() ? email.asString() : "";
        } catch (JacksonException unreadable) {
            return "";
        }
    }
}
