package dev.kontor.gateway.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/**
 * Tells browsers what an answer may do. JSON may do nothing. The documentation pages run scripts of this server alone:
 * they set styles, and Redoc searches in a worker that it makes itself.
 */
final class SecurityHeaders {

    static final String POLICY = "Content-Security-Policy";

    static final String OF_DATA = "default-src 'none'; frame-ancestors 'none'";

    static final String OF_PAGES = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Paths of pages for people, and of their scripts. */
    private static final List<String> PAGES = List.of("/swagger-ui", "/redoc", "/graphiql");

    private SecurityHeaders() {}

    static void set(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(POLICY, isPage(request.getRequestURI()) ? OF_PAGES : OF_DATA);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** @param path null if Tomcat could not read the request line */
    private static boolean isPage(String path) {
        if (path == null) {
            return false;
        }
        for (String page : PAGES) {
            if (path.startsWith(page)) {
                return true;
            }
        }
        return false;
    }
}
