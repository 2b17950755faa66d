package dev.kontor.query;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the views are kept ({@code kontor.views.*}).
 *
 * @param database name of the MongoDB database, with processes
 * @param segments how many threads feed one view; fixed once tokens are stored
 * @param profileCache how long a profile that was read is remembered; zero where several instances feed the views,
 *     because another one's writes are not heard of
 */
@ConfigurationProperties("kontor.views")
public record ViewSettings(
        @DefaultValue("kontor") String database,
        @DefaultValue("1") int segments,
        @DefaultValue("30s") Duration profileCache) {

    private static final int MOST_SEGMENTS = 256;

    public ViewSettings {
        if (segments < 1 || segments > MOST_SEGMENTS) {
            throw new IllegalArgumentException(
                    "kontor.views.segments is %d, and it must be from 1 to %d".formatted(segments, MOST_SEGMENTS));
        }
        if (profileCache.isNegative()) {
            throw new IllegalArgumentException("kontor.views.profile-cache must not be negative");
        }
    }
}
