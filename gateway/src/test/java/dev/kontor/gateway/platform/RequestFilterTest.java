package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestFilterTest {

    private static int served(String address) throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/orders");
        request.setRemoteAddr(address);
        AtomicInteger served = new AtomicInteger();
        new RequestFilter().doFilter(request, new MockHttpServletResponse(), (q, a) -> served.incrementAndGet());
        return served.get();
    }

    /** Tomcat knows no address of a connection that is closed. */
    @Test
    void a_request_whose_client_has_left_is_not_served() throws ServletException, IOException {
        assertThat(served("127.0.0.1")).isEqualTo(1);
        assertThat(served(null)).isZero();
    }
}
