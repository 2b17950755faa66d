package dev.kontor.query;

import dev.kontor.grpc.platform.StartException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds on searches ({@code kontor.searches.*}).
 *
 * @param threads how many searches run at the same time, 0 for half the number of processors
 * @param waiting how many more may wait in the queue
 * @param time the longest duration of a search, its wait included
 * @param language whose word endings a search of products ignores, by its English name, or {@code none}
 * @param folder of the index of products, where the query side is a process of its own; null for a temporary one
 */
@ConfigurationProperties(prefix = "kontor.searches", ignoreUnknownFields = false)
public record SearchSettings(
        @DefaultValue("0") int threads,
        @DefaultValue("16") int waiting,
        @DefaultValue("1s") Duration time,
        @DefaultValue("english") String language,
        String folder) {

    /** Characters of a searched text. */
    public static final int LONGEST_SEARCH = 200;

    public SearchSettings {
        if (threads < 0 || waiting < 1 || !time.isPositive()) {
            throw new StartException("kontor.searches.threads must be 0 or more, kontor.searches.waiting 1 or more, "
                    + "and kontor.searches.time longer than 0");
        }
    }

    int threadsHere() {
        return threads > 0 ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
