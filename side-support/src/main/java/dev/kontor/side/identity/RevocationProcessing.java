package dev.kontor.side.identity;

import dev.kontor.grpc.identity.RevocationList;
import dev.kontor.grpc.identity.TokenVerifier;
import dev.kontor.side.platform.EventProcessor;
import java.time.Clock;
import org.axonframework.config.ConfigurerModule;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The event processor by which this process learns of revocations. Each instance has its own. Its first start begins
 * one token lifetime back; where its token is stored, it continues from there.
 */
@Configuration(proxyBeanMethods = false)
public class RevocationProcessing {

    public static final String GROUP = "revocations";

    private static final int BATCH_SIZE = 1_000;

    /** An instance takes no calls until it has caught up once. Later delays refuse calls and leave it ready. */
    @Bean
    HealthIndicator revocationsHealthIndicator(SideRevocations revocations) {
        return () -> revocations.wereKnown()
                ? Health.up().build()
                : Health.outOfService().build();
    }

    /** Verifies the token of every call to this side. */
    @Bean
    TokenVerifier sideTokenVerifier(SideKeys keys, SideRevocations revocations, Clock clock) {
        return new TokenVerifier(keys, revocations, clock);
    }

    @Bean
    ConfigurerModule revocationProcessor(StoredRevocations stored, Clock clock) {
        return configurer -> new EventProcessor(
                        GROUP,
                        stored.places(),
                        1,
                        BATCH_SIZE,
                        log -> log.createTokenAt(clock.instant().minus(RevocationList.KEPT)))
                .registerWithoutLetters(configurer.eventProcessing());
    }
}
