package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.Problems;
import dev.kontor.grpc.identity.Caller;
import io.grpc.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Answers 403 to a caller who is not an admin, once a side has confirmed that the caller's token is valid. */
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
        // Spring Security calls this outside BearerFilter, which sets the caller of gRPC calls.
        Context known = caller.in(Context.current());
        Context outer = known.attach();
        try {
            Problems.write(request, response, AdminCheck.refusal(check));
        } finally {
            known.detach(outer);
        }
    }
}
