package dev.kontor.side.platform;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.grpc.server.health.GrpcServerHealth;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Health indicators of a side, beside those of its stores. */
@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
class SideHealth {

    /** The gRPC health service that gateways ask whether this instance takes calls. */
    private static final String CALLS = "calls";

    /** Names what the start waits for. */
    @Bean
    HealthIndicator needsHealthIndicator(StartupDependencies needs) {
        return () -> {
            List<String> missing = needs.missing();
            return missing.isEmpty()
                    ? Health.up().build()
                    : Health.outOfService().withDetail("waitsFor", missing).build();
        };
    }

    /** Ready no earlier than the gRPC health service reports it: that status is refreshed first. */
    @Bean
    HealthIndicator callsHealthIndicator(
            ObjectProvider<GrpcServerHealth> health, ObjectProvider<HealthStatusManager> told) {
        return () -> {
            AtomicBoolean takesCalls = new AtomicBoolean();
            HealthStatusManager manager = told.getObject();
            health.getObject().update((service, status) -> {
                manager.setStatus(service, status);
                if (service.equals(CALLS)) {
                    takesCalls.set(status == ServingStatus.SERVING);
                }
            });
            return takesCalls.get()
                    ? Health.up().build()
                    : Health.outOfService().build();
        };
    }
}
