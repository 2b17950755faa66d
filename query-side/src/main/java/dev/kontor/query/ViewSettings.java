package dev.kontor.query;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the views are kept ({@code kontor.views.*}).
 *
 * @param database name of the Mongo database
 * @param segments how many threads feed one view; fixed once tokens are stored
 * @param node who claims tokens; empty for a name of this process. Where one process at a time feeds the views, one name for
 *     all of them: then what a killed one had claimed is its successor's at once
 * @param profileCache how long a profile that was read is remembered; zero where several instances feed the views, because
 *     another one's writes are not heard of
 * @param guardInFilter whether a write's filter also names the version it replaces. To be switched on where several
 *     instances feed one MongoDB; off where the store finds by {@code _id} alone, because there it would scan
 */
@ConfigurationProperties("kontor.views")
public record ViewSettings(
        @DefaultValue("kontor") String database,
        @DefaultValue("1") int segments,
        @DefaultValue("") String node,
        @DefaultValue("30s") Duration profileCache,
        @DefaultValue("false") boolean guardInFilter) {

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
