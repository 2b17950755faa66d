package dev.kontor.gateway.identity;

import dev.kontor.grpc.identity.Caller;
import io.grpc.Context;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Verifies the access token of a request, if it has one, and makes its owner the caller. A request with an invalid
 * token is refused, because its client assumes that it is signed in. Paths that are the same for every caller ignore
 * the token, so clients may send an expired one there.
 */
final class BearerFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private static final String CATALOG = "/api/v1/catalog/";

    private static final Set<String> TOKEN_IGNORED =
            Set.of("/api/v1/auth/signup", "/api/v1/auth/signin", "/api/v1/auth/refresh");

    /** Some of its operations need no caller. */
    private static final String GRAPHQL = "/graphql";

    /** Accepts a refresh token in the body in place of the access token. */
    private static final String SIGN_OUT = "/api/v1/auth/signout";

    private final AuthenticationManager proof;
    private final AuthenticationEntryPoint refusal;

    BearerFilter(AuthenticationManager proof, AuthenticationEntryPoint refusal) {
        this.proof = proof;
        this.refusal = refusal;
    }

    /** A path in another spelling than these counts as one that needs a caller. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (path.startsWith("/actuator/")) {
            return path.equals("/actuator/health") || path.startsWith("/actuator/health/");
        }
        // The decoded path, so that no spelling of it reads a caller's data without the token.
        if (request.getServletPath().equals(GRAPHQL)) {
            return false;
        }
        return !path.startsWith("/api/") || TOKEN_IGNORED.contains(path) || isPublicRead(path, request);
    }

    private static boolean isPublicRead(String path, HttpServletRequest request) {
        boolean isRead =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return isRead && path.startsWith(CATALOG) && !"me".equals(request.getParameter("seller"));
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
            if (request.getRequestURI().equals(SIGN_OUT)) {
                proceedIn(Caller.refused(Context.current(), SecurityProblems.refusalOf(e)), request, response, chain);
                return;
            }
            refusal.commence(request, response, e);
            return;
        }
        SecurityContext known = SecurityContextHolder.createEmptyContext();
        known.setAuthentication(proven);
        SecurityContextHolder.setContext(known);
        if (proven.getPrincipal() instanceof Caller caller) {
            proceedIn(caller.in(Context.current()), request, response, chain);
        } else {
            throw new IllegalStateException("A verified token names no caller");
        }
    }

    private static void proceedIn(
            Context context, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Context outer = context.attach();
        try {
            chain.doFilter(request, response);
        } finally {
            context.detach(outer);
        }
    }

    /** Null if the header has another scheme. */
    private static String tokenIn(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? authorization.substring(SCHEME.length()).strip()
                : null;
    }
}
