package dev.kontor.gateway.identity;

import dev.kontor.grpc.identity.RemoteKeys;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The gateway is ready once a side has listed its keys, which a side does once it accepts tokens. A side that becomes
 * unreachable later does not end the gateway's readiness.
 */
@Component("signingKeysHealthIndicator")
class KeysAtStart implements HealthIndicator {

    private final RemoteKeys keys;

    KeysAtStart(@Qualifier("gatewayKeys") RemoteKeys keys) {
        this.keys = keys;
    }

    /** Runs after the servers of this process have started: in the standalone process the sides are among them. */
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
