package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.Problems;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Answers requests that Spring Security rejects with problem documents. */
final class SecurityProblems implements AuthenticationEntryPoint, RequestRejectedHandler {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException unproven)
            throws IOException {
        if (unproven instanceof BadCredentialsException) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, Problems.INVALID_TOKEN);
        }
        Problems.write(request, response, refusalOf(unproven));
    }

    static RefusedException refusalOf(AuthenticationException unproven) {
        return unproven instanceof AuthenticationServiceException
                ? new RefusedException(Problem.UNAVAILABLE, "Tokens cannot be verified at the moment")
                : new RefusedException(Problem.UNAUTHENTICATED, Problem.UNAUTHENTICATED.title());
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected)
            throws IOException {
        RefusedException refused = rejected instanceof RejectedParameter parameter
                ? RefusedException.invalid(parameter.name(), "must have no control characters")
                : new RefusedException(Problem.MALFORMED_REQUEST, "The URL or a header is not acceptable");
        Problems.write(request, response, refused);
    }
}
