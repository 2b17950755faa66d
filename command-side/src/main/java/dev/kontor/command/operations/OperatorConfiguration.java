package dev.kontor.command.operations;

import dev.kontor.command.platform.CachedAggregates;
import org.axonframework.modelling.command.Repository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OperatorConfiguration {

    @Bean
    Repository<Operators> operatorsRepository(CachedAggregates cached) {
        return cached.repository(Operators.class);
    }
}
