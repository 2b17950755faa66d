package dev.kontor.command.identity;

import dev.kontor.side.platform.StartupDependencies;
import org.axonframework.spring.config.SpringAxonConfiguration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Has the signing keys ready once commands are answered, and before the doors open, which comes later in a start. */
@Component
class SigningKeysAtStart implements SmartLifecycle {

    private final KeyRotation rotation;
    private final SpringAxonConfiguration axon;
    private final StartupDependencies needs;
    private volatile boolean running;

    SigningKeysAtStart(KeyRotation rotation, SpringAxonConfiguration axon, StartupDependencies needs) {
        this.rotation = rotation;
        this.axon = axon;
        this.needs = needs;
    }

    @Override
    public int getPhase() {
        return axon.getPhase() + 1;
    }

    @Override
    public void start() {
        // In a process of its own, commands can be sent a moment before anybody is known to handle them.
        needs.await("commands to be handled", () -> {
            rotation.start();
            return true;
        });
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
