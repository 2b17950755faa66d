package dev.kontor.query.platform;

import dev.kontor.grpc.platform.StartException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of the streams that show documents as they change ({@code kontor.watches.*}), for each query side.
 *
 * @param streams open at a time
 * @param streamsPerCustomer open at a time
 */
@ConfigurationProperties("kontor.watches")
public record WatchSettings(
        @DefaultValue("8000") int streams,
        @DefaultValue("50") int streamsPerCustomer) {

    public WatchSettings {
        atLeastOne("streams", streams);
        atLeastOne("streams-per-customer", streamsPerCustomer);
    }

    private static void atLeastOne(String setting, int value) {
        if (value < 1) {
            throw new StartException("kontor.watches.%s is %d; it must be at least 1.".formatted(setting, value));
        }
    }
}
