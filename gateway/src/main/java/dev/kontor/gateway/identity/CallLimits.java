package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.Problems;
import dev.kontor.gateway.platform.ShownLimit;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.identity.ClientNetwork;
import dev.kontor.grpc.platform.RateLimiter;
import dev.kontor.grpc.platform.RefusedException;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The rate limits of all calls. This filter counts the client's address before anything is read of the body, and
 * {@link #byCustomer} the caller once the token is verified. Probes of the health are not counted. Each gateway counts
 * on its own.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class CallLimits extends OncePerRequestFilter {

    /** Addresses, and customers, that are counted at a time; 600 bytes each. The least active are forgotten. */
    private static final int MOST_COUNTED = 20_000;

    private static final String HEALTH = "/actuator/health";

    private final ShownLimit perAddress;
    private final ShownLimit perCustomer;

    @Autowired
    CallLimits(LimitSettings settings) {
        this(settings, TimeMeter.SYSTEM_NANOTIME);
    }

    CallLimits(LimitSettings settings, TimeMeter time) {
        perAddress =
                new ShownLimit("address", RateLimiter.steady(settings.calls().perAddress(), time, MOST_COUNTED));
        perCustomer =
                new ShownLimit("customer", RateLimiter.steady(settings.calls().perCustomer(), time, MOST_COUNTED));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith(HEALTH);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String network = ClientNetwork.current().orElseGet(() -> ClientNetwork.of(request.getRemoteAddr()));
        if (isCounted(perAddress, network, request, response)) {
            chain.doFilter(request, response);
        }
    }

    /** The filter behind the one that verifies the token. */
    OncePerRequestFilter byCustomer() {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                Caller caller = Caller.current().orElse(null);
                if (caller == null || isCounted(perCustomer, caller.customerId(), request, response)) {
                    chain.doFilter(request, response);
                }
            }
        };
    }

    /** False if the limit refuses the request, which is answered then. */
    private static boolean isCounted(
            ShownLimit limit, String whose, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            limit.take(whose, response);
            return true;
        } catch (RefusedException tooMany) {
            Problems.write(request, response, tooMany);
            return false;
        }
    }
}
