package dev.kontor.command.identity;

import org.axonframework.spring.config.SpringAxonConfiguration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Has the signing keys ready once commands are answered, and before the doors open, which comes later in a start. */
@Component
class SigningKeysAtStart implements SmartLifecycle {

    private final KeyRotation rotation;
    private final SpringAxonConfiguration axon;
    private volatile boolean running;

    SigningKeysAtStart(KeyRotation rotation, SpringAxonConfiguration axon) {
        this.rotation = rotation;
        this.axon = axon;
    }

    @Override
    public int getPhase() {
        return axon.getPhase() + 1;
    }

    @Override
    public void start() {
        rotation.start();
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
