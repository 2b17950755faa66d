package dev.kontor.standalone.platform;

import dev.kontor.grpc.platform.Listeners;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;
import org.springframework.stereotype.Component;

/** The addresses on which Kontor listens, known only after it does. */
@Component
public class Addresses {

    private final String restAddress;
    private final String grpcAddress;
    private final String managementAddress;
    private volatile int restPort;
    private volatile int grpcPort;
    private volatile int managementPort;

    Addresses(
            @Value("${server.address}") String restAddress,
            @Value("${spring.grpc.server.address}") String grpcAddress,
            @Value("${management.server.address:0.0.0.0}") String managementAddress) {
        this.restAddress = restAddress;
        this.grpcAddress = grpcAddress;
        this.managementAddress = managementAddress;
    }

    @EventListener
    void on(WebServerInitializedEvent event) {
        if (WebServerApplicationContext.hasServerNamespace(event.getApplicationContext(), "management")) {
            managementPort = event.getWebServer().getPort();
        } else {
            restPort = event.getWebServer().getPort();
        }
    }

    @EventListener
    void on(GrpcServerStartedEvent event) {
        // The in-process server has no port and reports one below 1.
        if (event.getPort() > 0) {
            grpcPort = event.getPort();
        }
    }

    public String rest() {
        return "http://" + Listeners.hostIn(restAddress) + ":" + restPort;
    }

    /** Empty if gRPC has no port. */
    Optional<String> grpc() {
        return grpcPort == 0 ? Optional.empty() : Optional.of(Listeners.hostIn(grpcAddress) + ":" + grpcPort);
    }

    /** Empty if health and metrics are on the port of REST. */
    Optional<String> management() {
        return managementPort == 0
                ? Optional.empty()
                : Optional.of("http://" + Listeners.hostIn(managementAddress) + ":" + managementPort);
    }
}
