package dev.kontor.command.cart;

import dev.kontor.command.platform.CachedAggregates;
import org.axonframework.modelling.command.Repository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CartAggregates {

    @Bean
    Repository<Cart> cartRepository(CachedAggregates cached) {
        return cached.repository(Cart.class);
    }
}
