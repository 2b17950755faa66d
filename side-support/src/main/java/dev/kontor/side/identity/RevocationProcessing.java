package dev.kontor.side.identity;

import dev.kontor.grpc.identity.RevocationList;
import dev.kontor.grpc.identity.TokenVerifier;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The event processor by which this process learns what is revoked. Every instance has its own. The first time it starts
 * as far back as a revocation matters; where its place in the log is kept, it goes on from there.
 */
@Configuration(proxyBeanMethods = false)
public class RevocationProcessing {

    public static final String GROUP = "revocations";

    private static final int BATCH_SIZE = 1_000;
    /** A segment that was let go after a failure is looked for this often: a hiccup must end before it counts as stuck. */
    private static final long CLAIM_INTERVAL_MILLIS = 500;

    /** Before it is known once what is revoked no call is taken. A later silence ends calls and not readiness. */
    @Bean
    HealthIndicator revocationsHealthIndicator(SideRevocations revocations) {
        return () -> revocations.wereKnown()
                ? Health.up().build()
                : Health.outOfService().build();
    }

    /** At the door of every call to this side. */
    @Bean
    TokenVerifier sideTokenVerifier(SideKeys keys, SideRevocations revocations, Clock clock) {
        return new TokenVerifier(keys, revocations, clock);
    }

    @Bean
    ConfigurerModule revocationProcessor(EventStore eventStore, StoredRevocations kept, Clock clock) {
        return configurer -> configurer
                .eventProcessing()
                .registerTokenStore(GROUP, c -> kept.places())
                // Propagating twice: a revocation that cannot be read is tried again, never skipped.
                .registerListenerInvocationErrorHandler(GROUP, c -> PropagatingErrorHandler.instance())
                .registerErrorHandler(GROUP, c -> PropagatingErrorHandler.instance())
                .registerPooledStreamingEventProcessor(GROUP, c -> eventStore, (configuration, builder) -> {
                    ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
                            Thread.ofPlatform().name(GROUP).factory());
                    configuration.onShutdown(worker::shutdown);
                    return builder.workerExecutor(worker)
                            .initialSegmentCount(1)
                            .initialToken(
                                    log -> log.createTokenAt(clock.instant().minus(RevocationList.KEPT)))
                            .tokenClaimInterval(CLAIM_INTERVAL_MILLIS)
                            .batchSize(BATCH_SIZE);
                });
    }
}
