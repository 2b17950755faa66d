package dev.kontor.side.identity;

import dev.kontor.side.operations.Profiles;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile(Profiles.DISTRIBUTED)
class DistributedIdentity {

    /** Processes come and go, and have no disk: each reads what a token's lifetime holds when it starts. */
    @Bean
    KeptRevocations keptRevocations() {
        return KeptRevocations.nowhere();
    }

    /** Nobody is let in before it is known what is revoked. Once that was known, a silence ends calls and not readiness. */
    @Bean
    HealthIndicator revocationsHealthIndicator(SideRevocations revocations) {
        return () -> revocations.wereKnown()
                ? Health.up().build()
                : Health.outOfService().build();
    }
}
