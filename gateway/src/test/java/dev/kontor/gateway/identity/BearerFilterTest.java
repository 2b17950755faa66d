package dev.kontor.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.TestAuthority;
import dev.kontor.grpc.identity.Revocations;
import dev.kontor.grpc.identity.TokenVerifier;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import jakarta.servlet.FilterChain;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class BearerFilterTest {

    @Test
    void without_keys_the_answer_to_a_token_is_503() throws Exception {
        TokenVerifier verifier = new TokenVerifier(
                id -> {
                    throw new RefusedException(Problem.UNAVAILABLE, Problem.UNAVAILABLE.title());
                },
                Revocations.NONE,
                Clock.systemUTC());
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/orders");
        request.addHeader("Authorization", "Bearer " + TestAuthority.INSTANCE.token("customer-1", "CUSTOMER"));
        MockHttpServletResponse response = new MockHttpServletResponse();
        FilterChain unreachable = (passed, on) -> {
            throw new AssertionError("an unauthenticated request was passed on");
        };

        new BearerFilter(new TokenAuthentication(verifier), new SecurityProblems())
                .doFilter(request, response, unreachable);

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getHeader("WWW-Authenticate")).isNull();
    }
}
