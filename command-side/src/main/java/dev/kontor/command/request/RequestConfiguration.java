package dev.kontor.command.request;

import org.axonframework.config.ConfigurerModule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RequestConfiguration {

    @Bean
    ConfigurerModule keyedExecution() {
        return configurer -> configurer.onInitialize(configuration -> configuration.onStart(() -> configuration
                .commandBus()
                .registerHandlerInterceptor(new KeyedExecution(() -> configuration.repository(KeyedRequest.class)))));
    }
}
