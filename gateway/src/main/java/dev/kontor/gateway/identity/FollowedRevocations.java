package dev.kontor.gateway.identity;

import dev.kontor.wire.identity.RemoteRevocations;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Follows what is revoked for as long as the gateway runs. The gateway is ready once it has known everything: before that
 * it takes no token. A feed that falls silent later does not end its readiness, because what needs no token goes on.
 */
@Component("revocationsHealthIndicator")
class FollowedRevocations implements HealthIndicator {

    private final RemoteRevocations revocations;
    private boolean started;

    FollowedRevocations(@Qualifier("gatewayRevocations") RemoteRevocations revocations) {
        this.revocations = revocations;
    }

    /** After the servers of this process: in the one JVM the side that is followed is one of them. */
    @EventListener(ContextRefreshedEvent.class)
    synchronized void start() {
        if (!started) {
            started = true;
            revocations.start();
        }
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        revocations.close();
    }

    @Override
    public Health health() {
        return revocations.hasBeenComplete()
                ? Health.up().build()
                : Health.outOfService().build();
    }
}
