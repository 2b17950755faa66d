package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.StartException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the circuit breakers ({@code kontor.breaker.*}).
 *
 * @param enabled whether there are circuit breakers
 * @param calls size of the sliding window
 * @param failures the share of failed calls, in percent, that opens a breaker; more than half, so that one dead
 *     instance of two does not make the other unreachable
 * @param open how long a breaker stays open
 * @param trials calls that a half-open breaker permits
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
            throw new StartException(
                    "kontor.breaker: calls and trials must be 1 or more, failures 1 to 100, open 10ms or more");
        }
    }
}
