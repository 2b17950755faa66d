package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.StartException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of server-sent events ({@code kontor.live.*}), for each gateway.
 *
 * @param streams open at a time; no more than fit a tenth of the heap either
 * @param streamsPerAddress of one address, or of one network of IPv6
 * @param heartbeat pause between two comments in a stream; a client that has not taken one when the next is due is cut
 *     off
 */
@ConfigurationProperties("kontor.live")
record LiveSettings(
        @DefaultValue("4000") int streams,
        @DefaultValue("1000") int streamsPerAddress,
        @DefaultValue("15s") Duration heartbeat) {

    LiveSettings {
        atLeastOne("streams", streams);
        atLeastOne("streams-per-address", streamsPerAddress);
        if (heartbeat.toMillis() < 1 || heartbeat.toDays() > 0) {
            throw new StartException("kontor.live.heartbeat is %s; it must be from 1ms to 1d.".formatted(heartbeat));
        }
    }

    private static void atLeastOne(String setting, int value) {
        if (value < 1) {
            throw new StartException("kontor.live.%s is %d; it must be at least 1.".formatted(setting, value));
        }
    }
}
