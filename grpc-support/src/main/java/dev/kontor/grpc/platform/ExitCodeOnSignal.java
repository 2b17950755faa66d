package dev.kontor.grpc.platform;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Gives a process that was asked to end (SIGTERM, SIGINT) and has closed everything the exit code 0. The JVM's own is 143
 * or 130, by which a container that was stopped cannot be told from one that failed. A start that fails keeps its code.
 */
public final class ExitCodeOnSignal implements ApplicationListener<ApplicationReadyEvent> {

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        // Called after the application is closed; nothing in a running one exits by itself.
        SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
    }
}
