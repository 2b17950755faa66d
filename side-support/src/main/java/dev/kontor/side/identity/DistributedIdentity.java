package dev.kontor.side.identity;

import dev.kontor.side.platform.SpringProfiles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
class DistributedIdentity {

    /** Instances have no disk: each reads the events of one token lifetime when it starts. */
    @Bean
    StoredRevocations keptRevocations() {
        return StoredRevocations.nowhere();
    }
}
