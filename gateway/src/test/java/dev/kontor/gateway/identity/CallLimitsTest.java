package dev.kontor.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.grpc.identity.Caller;
import io.github.bucket4j.TimeMeter;
import io.grpc.Context;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class CallLimitsTest {

    private static final class ManualTime implements TimeMeter {

        private long nanos;

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    private final ManualTime time = new ManualTime();
    private int handled;

    private CallLimits limits(String perAddress, String perCustomer) {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("kontor.limits.calls.per-address", perAddress)
                .withProperty("kontor.limits.calls.per-customer", perCustomer);
        return new CallLimits(Binder.get(environment).bindOrCreate("kontor.limits", LimitSettings.class), time);
    }

    private MockHttpServletResponse call(CallLimits limits, String address, String path, String customer) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setRemoteAddr(address);
        MockHttpServletResponse response = new MockHttpServletResponse();
        FilterChain handler = (q, r) -> {
            handled++;
            ((HttpServletResponse) r).setStatus(HttpServletResponse.SC_OK);
        };
        FilterChain rest = customer == null
                ? handler
                : (q, r) -> {
                    Caller caller = new Caller(customer, "CUSTOMER", "s", 1, Instant.MAX, "token");
                    Context context = caller.in(Context.ROOT);
                    Context outer = context.attach();
                    try {
                        limits.byCustomer().doFilter(q, r, handler);
                    } finally {
                        context.detach(outer);
                    }
                };
        try {
            limits.doFilter(request, response, rest);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return response;
    }

    @Test
    void every_call_of_an_address_counts_and_says_what_is_left() {
        CallLimits limits = limits("2/10s", "off");

        MockHttpServletResponse first = call(limits, "10.0.0.1", "/api/v1/cart", null);
        assertThat(first.getHeader("RateLimit-Policy")).isEqualTo("\"address\";q=2;w=10");
        assertThat(first.getHeader("RateLimit")).isEqualTo("\"address\";r=1;t=5");
        call(limits, "10.0.0.1", "/any/other/path", null);

        MockHttpServletResponse refused = call(limits, "10.0.0.1", "/api/v1/cart", null);
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getContentType()).isEqualTo("application/problem+json");
        assertThat(refused.getHeader("Retry-After")).isEqualTo("5");
        assertThat(refused.getHeader("RateLimit")).isEqualTo("\"address\";r=0;t=5");
        assertThat(handled).isEqualTo(2);

        assertThat(call(limits, "10.0.0.2", "/api/v1/cart", null).getStatus()).isEqualTo(200);
        time.nanos += Duration.ofSeconds(5).toNanos();
        assertThat(call(limits, "10.0.0.1", "/api/v1/cart", null).getStatus()).isEqualTo(200);
    }

    @Test
    void a_customer_counts_from_every_address() {
        CallLimits limits = limits("off", "1/10s");

        MockHttpServletResponse first = call(limits, "10.0.0.1", "/api/v1/cart", "anna");
        assertThat(first.getHeader("RateLimit-Policy")).isEqualTo("\"customer\";q=1;w=10");
        assertThat(first.getHeader("RateLimit")).isEqualTo("\"customer\";r=0;t=10");
        assertThat(call(limits, "10.0.0.2", "/api/v1/orders", "anna").getStatus())
                .isEqualTo(429);
        assertThat(call(limits, "10.0.0.1", "/api/v1/cart", "ben").getStatus()).isEqualTo(200);
    }

    @Test
    void both_limits_are_shown() {
        MockHttpServletResponse answer = call(limits("5/10s", "3/10s"), "10.0.0.1", "/api/v1/cart", "anna");

        assertThat(answer.getHeaders("RateLimit")).containsExactly("\"address\";r=4;t=2", "\"customer\";r=2;t=4");
        assertThat(answer.getHeaders("RateLimit-Policy"))
                .containsExactly("\"address\";q=5;w=10", "\"customer\";q=3;w=10");
    }

    @Test
    void probes_are_not_counted() {
        CallLimits limits = limits("1/10s", "off");

        for (int i = 0; i < 5; i++) {
            assertThat(call(limits, "10.0.0.1", "/actuator/health/liveness", null)
                            .getStatus())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_limit_that_is_off_is_not_shown() {
        MockHttpServletResponse answer = call(limits("off", "off"), "10.0.0.1", "/api/v1/cart", "anna");

        assertThat(answer.getHeaderNames()).doesNotContain("RateLimit", "RateLimit-Policy");
    }
}
