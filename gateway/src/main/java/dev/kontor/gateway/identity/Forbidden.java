package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.Problems;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Tells a caller that only admins may do this, once a side has said that the caller's token counts. */
final class Forbidden implements AccessDeniedHandler {

    private final TokenCheck check;

    Forbidden(TokenCheck check) {
        this.check = check;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        if (!(SecurityContextHolder.getContext().getAuthentication().getPrincipal() instanceof Caller caller)) {
            throw new IllegalStateException("Access is denied to a request without a caller", denied);
        }
        // Spring Security comes to this outside of the filter that makes the caller known to calls.
        Context known = caller.in(Context.current());
        Context outer = known.attach();
        try {
            Problems.write(request, response, refusalOf());
        } finally {
            known.detach(outer);
        }
    }

    private RefusedException refusalOf() {
        try {
            check.pass();
            return new RefusedException(Problem.FORBIDDEN, "Only admins may do this");
        } catch (RefusedException refused) {
            return refused;
        }
    }
}
