package dev.kontor.gateway.platform;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Shows how the breakers stand, and is always up: a gateway whose sides are away is as good as any other gateway, and none
 * of them is taken out of service for it.
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
