package dev.kontor.standalone.customer;

import dev.kontor.api.customer.KeyRing;
import dev.kontor.command.customer.Sellers;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.Vault;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EmbeddedCustomers {

    @Bean
    KeyRing keyRing(Vault vault) {
        return new VaultKeyRing(vault);
    }

    @Bean
    Sellers sellers(EmbeddedStore store) {
        return new EmbeddedSellers(store.column("sellers"));
    }
}
