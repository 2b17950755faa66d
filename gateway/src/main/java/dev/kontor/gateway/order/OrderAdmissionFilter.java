package dev.kontor.gateway.order;

import dev.kontor.gateway.platform.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses orders before anything is done for them, even before their token is verified: a refusal has to cost far less
 * than an order. An order takes its place later, when its body has been read.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 4)
class OrderAdmissionFilter extends OncePerRequestFilter {

    private static final Set<String> PLACEMENTS = Set.of("/api/v1/orders", "/api/v1/cart/checkout");

    private final OrderAdmission admission;

    OrderAdmissionFilter(OrderAdmission admission) {
        this.admission = admission;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST") || !PLACEMENTS.contains(request.getServletPath());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (admission.isFull()) {
            Problems.write(request, response, admission.refusal());
        } else {
            chain.doFilter(request, response);
        }
    }
}
