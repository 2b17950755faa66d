package dev.kontor.gateway.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpMethod;

/**
 * Answers public reads before Spring Security looks for a caller and Spring MVC for a controller. The requests have
 * passed all limits and Spring Security's firewall. All other requests go on.
 */
public final class PublicReads extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient List<PublicRead> reads;

    public PublicReads(List<PublicRead> reads) {
        this.reads = List.copyOf(reads);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!isAnswered(request, response)) {
            chain.doFilter(request, response);
        }
    }

    private boolean isAnswered(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals(HttpMethod.GET.name())
                || !JsonOnlyFilter.takesJson(request)
                || request.getHeader(IdempotencyKey.HEADER) != null) {
            return false;
        }
        try {
            for (PublicRead read : reads) {
                if (read.answer(request, response)) {
                    return true;
                }
            }
            return false;
        } catch (RuntimeException failure) {
            Problems.answer(request, response, failure);
            return true;
        }
    }
}
