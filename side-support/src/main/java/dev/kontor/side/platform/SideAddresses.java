package dev.kontor.side.platform;

import dev.kontor.grpc.platform.Listeners;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;
import org.springframework.stereotype.Component;

/** Prints the addresses of a side on the console once it listens; only then are they known. */
@Component
@Profile(SpringProfiles.DISTRIBUTED)
public class SideAddresses {

    private final String name;
    private final String grpcAddress;
    private final String healthAddress;
    private final PrintStream console = System.out;
    private volatile int grpcPort;
    private volatile int healthPort;

    SideAddresses(
            @Value("${spring.application.name}") String name,
            @Value("${spring.grpc.server.address}") String grpcAddress,
            @Value("${server.address}") String healthAddress) {
        this.name = name;
        this.grpcAddress = grpcAddress;
        this.healthAddress = healthAddress;
    }

    public int grpcPort() {
        return grpcPort;
    }

    @EventListener
    void on(WebServerInitializedEvent event) {
        healthPort = event.getWebServer().getPort();
    }

    @EventListener
    void on(GrpcServerStartedEvent event) {
        grpcPort = event.getPort();
    }

    @EventListener
    void on(ApplicationReadyEvent event) {
        console.printf(
                """

                %s is ready after %.1f s

                  gRPC    %s:%d
                  Health  http://%s:%d/actuator/health/readiness

                Ctrl-C stops it.
                """,
                name,
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0,
                Listeners.hostIn(grpcAddress),
                grpcPort,
                Listeners.hostIn(healthAddress),
                healthPort);
        console.flush();
    }
}
