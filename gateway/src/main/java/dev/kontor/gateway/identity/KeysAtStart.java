package dev.kontor.gateway.identity;

import dev.kontor.grpc.identity.RemoteKeys;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The gateway is ready once a side has listed its keys, which it does once it takes tokens. Sides that are away later do
 * not end its readiness.
 */
@Component("signingKeysHealthIndicator")
class KeysAtStart implements HealthIndicator {

    private final RemoteKeys keys;

    KeysAtStart(@Qualifier("gatewayKeys") RemoteKeys keys) {
        this.keys = keys;
    }

    /** After the servers of this process: in the one JVM the side that is asked is one of them. */
    @EventListener(ContextRefreshedEvent.class)
    void start() {
        if (!keys.areKnown()) {
            keys.start();
        }
    }

    @Override
    public Health health() {
        return (keys.areKnown() ? Health.up() : Health.outOfService()).build();
    }
}
