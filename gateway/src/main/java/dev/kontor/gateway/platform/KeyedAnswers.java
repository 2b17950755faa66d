package dev.kontor.gateway.platform;

import dev.kontor.grpc.identity.KeyedCall.Outcome;
import dev.kontor.proto.request.KeepAnswerRequest;
import dev.kontor.proto.request.KeepAnswerResponse;
import dev.kontor.proto.request.KeyedRequestsGrpc;
import dev.kontor.proto.request.KeyedRequestsGrpc.KeyedRequestsBlockingStub;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Holds the answer to a request with an {@code Idempotency-Key} back until it is kept for repeats. If it cannot be kept,
 * the client gets the problem in its place, and repeats the request.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class KeyedAnswers extends OncePerRequestFilter {

    private final KeyedRequestsBlockingStub requests;

    KeyedAnswers(@CommandSideChannel Channel commandSide) {
        this.requests = KeyedRequestsGrpc.newBlockingStub(commandSide);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(IdempotencyKey.HEADER) == null
                || !request.getServletPath().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        BufferedBody asked = new BufferedBody(request);
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        chain.doFilter(asked, answer);
        KeyedExchange exchange = KeyedExchange.of(asked);
        if (exchange != null) {
            finish(exchange, asked, answer);
        }
        answer.copyBodyToResponse();
    }

    private void finish(KeyedExchange exchange, HttpServletRequest request, HttpServletResponse answer)
            throws IOException {
        if (exchange.outcome() == Outcome.REPEATED) {
            exchange.markAsReplayed();
        }
        if (exchange.isFinal()) {
            try {
                KeepAnswerResponse kept = exchange.within(() -> requests.keepAnswer(KeepAnswerRequest.newBuilder()
                        .setEmail(exchange.email())
                        .setAnswer(exchange.answer())
                        .addAllShownCustomerIds(exchange.shown())
                        .build()));
                if (kept.hasAnswer()) {
                    exchange.replay(kept.getAnswer());
                }
            } catch (StatusRuntimeException failure) {
                Problems.answer(request, answer, failure);
            }
        }
    }
}
