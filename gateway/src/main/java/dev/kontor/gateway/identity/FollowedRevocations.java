package dev.kontor.gateway.identity;

import dev.kontor.wire.identity.FollowedSides;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Follows what is revoked for as long as the gateway runs. The gateway is ready once it has known everything, from one side
 * or the other: before that it takes no token. Feeds that fall silent later do not end its readiness, because what needs no
 * token goes on.
 */
@Component("revocationsHealthIndicator")
class FollowedRevocations implements HealthIndicator {

    private final FollowedSides sides;
    private boolean started;

    FollowedRevocations(@Qualifier("gatewayFollowed") FollowedSides sides) {
        this.sides = sides;
    }

    /** After the servers of this process: in the one JVM the side that is followed is one of them. */
    @EventListener(ContextRefreshedEvent.class)
    synchronized void start() {
        if (!started) {
            started = true;
            sides.start();
        }
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        sides.close();
    }

    @Override
    public Health health() {
        Health.Builder health = sides.hasBeenComplete() ? Health.up() : Health.outOfService();
        sides.fresh().forEach((side, fresh) -> health.withDetail(side, fresh ? "followed" : "silent"));
        return health.build();
    }
}
