package dev.kontor.side.identity;

import dev.kontor.side.platform.SpringProfiles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
class DistributedIdentity {

    /** Processes come and go, and have no disk: each reads what a token's lifetime holds when it starts. */
    @Bean
    StoredRevocations keptRevocations() {
        return StoredRevocations.nowhere();
    }
}
