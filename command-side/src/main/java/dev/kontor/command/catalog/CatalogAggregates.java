package dev.kontor.command.catalog;

import dev.kontor.command.platform.CachedAggregates;
import org.axonframework.modelling.command.Repository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CatalogAggregates {

    @Bean
    Repository<Product> productRepository(CachedAggregates cached) {
        return cached.repository(Product.class);
    }
}
