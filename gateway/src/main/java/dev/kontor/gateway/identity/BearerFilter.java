package dev.kontor.gateway.identity;

import dev.kontor.wire.identity.Caller;
import io.grpc.Context;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the access token of a request, if it has one, and makes its owner the caller of all that follows. A token that
 * does not verify ends the request wherever it was going: a client that sends one believes to be signed in.
 */
final class BearerFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    /** Where one becomes somebody. Clients send their last token along here too, also when it has run out. */
    private static final Set<String> WHOEVER_ONE_WAS =
            Set.of("/api/v1/auth/signup", "/api/v1/auth/signin", "/api/v1/auth/refresh");

    private final AuthenticationManager proof;
    private final AuthenticationEntryPoint refusal;

    BearerFilter(AuthenticationManager proof, AuthenticationEntryPoint refusal) {
        this.proof = proof;
        this.refusal = refusal;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return WHOEVER_ONE_WAS.contains(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            chain.doFilter(request, response);
            return;
        }
        Authentication proven;
        try {
            proven = proof.authenticate(new PreAuthenticatedAuthenticationToken(null, tokenIn(authorization)));
        } catch (AuthenticationException e) {
            if (e instanceof BadCredentialsException) {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
            }
            refusal.commence(request, response, e);
            return;
        }
        SecurityContext known = SecurityContextHolder.createEmptyContext();
        known.setAuthentication(proven);
        SecurityContextHolder.setContext(known);
        if (proven.getPrincipal() instanceof Caller caller) {
            proceedAs(caller, request, response, chain);
        } else {
            throw new IllegalStateException("A verified token names no caller");
        }
    }

    private static void proceedAs(
            Caller caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Context context = caller.in(Context.current());
        Context outer = context.attach();
        try {
            chain.doFilter(request, response);
        } finally {
            context.detach(outer);
        }
    }

    /** Null where the header speaks of another scheme. */
    private static String tokenIn(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? authorization.substring(SCHEME.length()).strip()
                : null;
    }
}
