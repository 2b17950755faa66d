package dev.kontor.query.platform;

import dev.kontor.side.platform.EventProcessor;
import dev.kontor.side.platform.SpringProfiles;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * The event processor by which a query side learns of events whose documents another one writes. Each instance has its
 * own, and it stores nothing.
 */
@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
public class FollowedLog {

    public static final String GROUP = "watches";

    private static final int BATCH_SIZE = 1_000;

    /** A stream that is opened while the processor starts must not miss an event. */
    private static final Duration BEFORE_THE_START = Duration.ofMinutes(1);

    @Bean
    ConfigurerModule watchesProcessor(Clock clock) {
        return configurer -> new EventProcessor(
                        GROUP,
                        new InMemoryTokenStore(),
                        1,
                        BATCH_SIZE,
                        log -> log.createTokenAt(clock.instant().minus(BEFORE_THE_START)))
                .registerWithoutLetters(configurer.eventProcessing());
    }
}
