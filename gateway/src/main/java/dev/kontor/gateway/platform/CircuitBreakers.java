package dev.kontor.gateway.platform;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.grpc.ClientInterceptor;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The circuit breakers, one for each side that is another process. In the standalone process there are none. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CircuitBreakerSettings.class)
class CircuitBreakers {

    @Bean(defaultCandidate = false)
    CircuitBreakerRegistry gatewayBreakers(CircuitBreakerSettings settings) {
        return CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindow(
                        settings.calls(),
                        settings.calls(),
                        CircuitBreakerConfig.SlidingWindowType.COUNT_BASED,
                        CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.LOCK_FREE)
                .failureRateThreshold(settings.failures())
                .waitDurationInOpenState(settings.open())
                .permittedNumberOfCallsInHalfOpenState(settings.trials())
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .build());
    }

    /** Keeps the names and tags of the library, for which dashboards exist. */
    @Bean
    MeterBinder gatewayBreakerMetrics(@Qualifier("gatewayBreakers") CircuitBreakerRegistry breakers) {
        return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers);
    }

    static Optional<ClientInterceptor> of(
            String side, CircuitBreakerSettings settings, CircuitBreakerRegistry breakers) {
        return settings.enabled()
                ? Optional.of(new CircuitBreakerInterceptor(breakers.circuitBreaker(side), settings.open()))
                : Optional.empty();
    }
}
