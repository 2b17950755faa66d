package dev.kontor.grpc.platform;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Ends a process with exit code 0 after a clean shutdown by SIGTERM or SIGINT. The JVM's default is 143 or 130, which
 * does not distinguish a stopped container from a failed one. A failed start keeps its exit code.
 */
public final class ExitCodeOnSignal implements ApplicationListener<ApplicationReadyEvent> {

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        // Runs after the application is closed. A running application never exits by itself.
        SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
    }
}
