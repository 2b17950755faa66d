package dev.kontor.gateway.platform;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When calls to a side are answered without asking it ({@code kontor.breaker.*}).
 *
 * @param enabled whether they ever are
 * @param calls of so many calls that were the last ones
 * @param failures if at least this share failed, in percent; more than half, so that one dead instance of two does not shut
 *     out the other
 * @param open for how long, before some are tried again
 * @param trials how many those are
 */
@ConfigurationProperties("kontor.breaker")
record CircuitBreakerSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("20") int calls,
        @DefaultValue("80") int failures,
        @DefaultValue("1s") Duration open,
        @DefaultValue("5") int trials) {

    CircuitBreakerSettings {
        if (calls < 1 || failures < 1 || failures > 100 || open.toMillis() < 10 || trials < 1) {
            throw new IllegalArgumentException(
                    "kontor.breaker: calls and trials must be 1 or more, failures 1 to 100, open 10ms or more");
        }
    }
}
