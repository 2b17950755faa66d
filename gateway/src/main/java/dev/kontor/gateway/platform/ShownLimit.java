package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.RateLimiter;
import dev.kontor.grpc.platform.RateLimiter.Taken;
import dev.kontor.grpc.platform.RefusedException;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * A rate limit that answers show: {@code RateLimit} and {@code RateLimit-Policy} of the IETF's draft "RateLimit header
 * fields for HTTP". An answer to which several limits apply has a member for each.
 */
public final class ShownLimit {

    public static final String LIMIT = "RateLimit";
    public static final String POLICY = "RateLimit-Policy";

    private final RateLimiter limiter;
    private final String policy;
    private final String prefix;

    /** @param name of the limit in the headers, of letters, digits and hyphens */
    public ShownLimit(String name, RateLimiter limiter) {
        this.limiter = limiter;
        long seconds = Math.max(1, limiter.rate().per().toSeconds());
        this.policy = "\"%s\";q=%d;w=%d".formatted(name, limiter.rate().count(), seconds);
        this.prefix = "\"" + name + "\";r=";
    }

    /** As {@link #take(String, HttpServletResponse)} with the answer to the current request. */
    public void take(String whose) {
        take(
                whose,
                RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                        ? current.getResponse()
                        : null);
    }

    /**
     * Counts an attempt, and shows in the answer what is left.
     *
     * @param response null for none
     * @throws RefusedException as {@link RateLimiter#take} does
     */
    public void take(String whose, HttpServletResponse response) {
        if (limiter.rate().isOff()) {
            return;
        }
        try {
            Taken taken = limiter.take(whose);
            show(response, taken.left(), taken.secondsToFull());
        } catch (RefusedException refused) {
            show(response, 0, Long.parseLong(refused.attributes().get(RateLimiter.RETRY_AFTER)));
            throw refused;
        }
    }

    private void show(HttpServletResponse response, long left, long seconds) {
        if (response != null) {
            response.addHeader(POLICY, policy);
            response.addHeader(LIMIT, prefix + left + ";t=" + seconds);
        }
    }
}
