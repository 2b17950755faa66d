package dev.kontor.standalone.customer;

import dev.kontor.api.customer.KeyRing;
import dev.kontor.store.Vault;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EmbeddedKeyRing {

    @Bean
    KeyRing keyRing(Vault vault) {
        return new VaultKeyRing(vault);
    }
}
