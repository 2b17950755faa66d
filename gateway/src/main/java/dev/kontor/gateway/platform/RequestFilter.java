package dev.kontor.gateway.platform;

import dev.kontor.grpc.identity.ClientNetwork;
import dev.kontor.grpc.platform.RequestId;
import io.grpc.Context;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The outermost filter. It gives each request its id, for the answer, the log and all gRPC calls; adds the client's
 * network to these calls; and answers failures that no inner filter has answered.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        String address = request.getRemoteAddr();
        if (address == null) {
            // The client has closed the connection. A flood of such requests would fill the log with failures.
            return;
        }
        // Tomcat serves a connection as long as its next request has arrived, so quick clients would delay all others.
        Thread.yield();
        String requestId = Problems.requestId(request);
        response.setHeader(RequestId.HTTP_HEADER, requestId);
        SecurityHeaders.set(request, response);
        MDC.put(RequestId.NAME, requestId);
        Context context = ClientNetwork.in(RequestId.in(Context.current(), requestId), address);
        Context outer = context.attach();
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            Problems.answer(request, response, e);
        } finally {
            context.detach(outer);
            MDC.remove(RequestId.NAME);
        }
    }
}
