package dev.kontor.command.identity;

import dev.kontor.api.customer.KeyRing;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

    @Bean
    EmailHash emailHash(KeyRing keyRing, MasterKeys masterKeys) {
        return new EmailHash(keyRing, masterKeys.customers());
    }

    @Bean
    Authority authority(KeyRing keyRing, MasterKeys masterKeys, Clock clock) {
        return new Authority(keyRing, masterKeys.signing(), clock);
    }
}
