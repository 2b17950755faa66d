package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.StartException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long caches may use an answer that everyone gets.
 *
 * @param maxAge in whole seconds, at most a day; 0 if a cache has to ask before each use
 */
@ConfigurationProperties("kontor.catalog")
public record CatalogCaching(@DefaultValue("0s") Duration maxAge) {

    private static final Duration LONGEST = Duration.ofDays(1);

    public CatalogCaching {
        if (maxAge.isNegative() || maxAge.compareTo(LONGEST) > 0 || maxAge.getNano() != 0) {
            throw new StartException(
                    "kontor.catalog.max-age is %s; it must be from 0s to 1d, in whole seconds.".formatted(maxAge));
        }
    }

    /** The header {@code Cache-Control}. */
    public String rule() {
        return maxAge.isZero() ? "no-cache" : "public, max-age=" + maxAge.toSeconds();
    }
}
