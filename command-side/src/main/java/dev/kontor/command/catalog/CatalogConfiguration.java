package dev.kontor.command.catalog;

import dev.kontor.api.catalog.CurrencyCode;
import dev.kontor.command.platform.CachedAggregates;
import dev.kontor.command.platform.CommandsAtStart;
import dev.kontor.grpc.platform.StartException;
import org.axonframework.modelling.command.Repository;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {

    @Bean
    Repository<Product> productRepository(CachedAggregates cached) {
        return cached.repository(Product.class);
    }

    @Bean
    SmartLifecycle shopCurrencyIsFixed(
            CommandsAtStart atStart,
            CurrencyInLog log,
            ShopCurrency currency,
            @Value("${kontor.currency:EUR}") String setting) {
        CurrencyCode wanted = code(setting);
        return atStart.send(() -> currency.is(log.require(wanted)));
    }

    private static CurrencyCode code(String setting) {
        try {
            return new CurrencyCode(setting);
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "kontor.currency must be a currency by ISO 4217, such as EUR, and is '%s'".formatted(setting), e);
        }
    }
}
