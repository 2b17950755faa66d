package dev.kontor.query;

import dev.kontor.grpc.platform.StartException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the views ({@code kontor.views.*}).
 *
 * @param database name of the MongoDB database, in a deployment of separate processes
 * @param segments how many threads feed one view; fixed once tokens are stored
 * @param profileCache how long a profile is cached; zero where several instances feed the views, because an
 *     instance is not notified of the writes of others
 */
@ConfigurationProperties("kontor.views")
public record ViewSettings(
        @DefaultValue("kontor") String database,
        @DefaultValue("1") int segments,
        @DefaultValue("30s") Duration profileCache) {

    private static final int MOST_SEGMENTS = 256;

    public ViewSettings {
        if (segments < 1 || segments > MOST_SEGMENTS) {
            throw new StartException(
                    "kontor.views.segments is %d, and it must be from 1 to %d".formatted(segments, MOST_SEGMENTS));
        }
        if (profileCache.isNegative()) {
            throw new StartException("kontor.views.profile-cache must not be negative");
        }
    }
}
