package dev.kontor.gateway.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Enumeration;
import org.springframework.http.HttpHeaders;

/** The headers of an answer that has an {@code ETag}, and {@code If-None-Match} (RFC 9110). */
public final class ConditionalRead {

    private static final String ANY = "*";

    private ConditionalRead() {}

    /**
     * Adds the tag, and the rule for caches.
     *
     * @param rule of an answer that everyone gets; null for an answer to this caller, which no cache keeps
     * @return whether the client has this body already: then the answer is 304, and complete
     */
    public static boolean isNotModified(
            HttpServletRequest request, HttpServletResponse response, String tag, String rule) {
        response.setHeader(HttpHeaders.ETAG, tag);
        if (rule != null) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, rule);
        }
        if (!isIn(request.getHeaders(HttpHeaders.IF_NONE_MATCH), tag)) {
            return false;
        }
        response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        if (rule == null) {
            // Spring Security adds these to other answers, but not to 304.
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache, no-store, max-age=0, must-revalidate");
            response.setHeader(HttpHeaders.PRAGMA, "no-cache");
            response.setHeader(HttpHeaders.EXPIRES, "0");
        }
        return true;
    }

    /** Weak tags count as well. No tag has a quote inside, so a tag with its quotes is found in a list of tags. */
    private static boolean isIn(Enumeration<String> headers, String tag) {
        String opaque = tag.substring(tag.indexOf('"'));
        while (headers.hasMoreElements()) {
            String header = headers.nextElement();
            if (header.contains(opaque) || header.strip().equals(ANY)) {
                return true;
            }
        }
        return false;
    }
}
