package dev.kontor.gateway.platform;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Shows the states of the circuit breakers. It is always up: if a side is away, no other gateway could reach it either,
 * so no gateway is taken out of service.
 */
@Component("breakersHealthIndicator")
class CircuitBreakerHealth implements HealthIndicator {

    private final CircuitBreakerRegistry breakers;

    CircuitBreakerHealth(@Qualifier("gatewayBreakers") CircuitBreakerRegistry breakers) {
        this.breakers = breakers;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        breakers.getAllCircuitBreakers()
                .forEach(breaker ->
                        health.withDetail(breaker.getName(), breaker.getState().name()));
        return health.build();
    }
}
