package dev.kontor.gateway.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses an {@code Accept} header that cannot be parsed, which some libraries would report as a failure of the server
 * and others would log. Passes on the parsed header, because one library fails on an empty element, which HTTP allows.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 4)
class AcceptHeaderFilter extends OncePerRequestFilter {

    /**
     * The types that the client accepts; empty without the header.
     *
     * @throws IllegalArgumentException if the header cannot be parsed
     */
    static List<MediaType> typesOf(HttpServletRequest request) {
        return MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<MediaType> types;
        try {
            types = typesOf(request);
        } catch (IllegalArgumentException unreadable) {
            Problems.answer(
                    request, response, new HttpMediaTypeNotAcceptableException(List.of(MediaType.APPLICATION_JSON)));
            return;
        }
        chain.doFilter(request.getHeader(HttpHeaders.ACCEPT) == null ? request : new Read(request, types), response);
    }

    private static final class Read extends HttpServletRequestWrapper {

        private final List<String> accept;

        Read(HttpServletRequest request, List<MediaType> types) {
            super(request);
            this.accept = types.isEmpty() ? List.of() : List.of(MediaType.toString(types));
        }

        @Override
        public String getHeader(String name) {
            return name.equalsIgnoreCase(HttpHeaders.ACCEPT)
                    ? accept.stream().findFirst().orElse(null)
                    : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase(HttpHeaders.ACCEPT) ? Collections.enumeration(accept) : super.getHeaders(name);
        }
    }
}
