package dev.kontor.command.platform;

import dev.kontor.side.platform.StartupDependencies;
import org.axonframework.spring.config.SpringAxonConfiguration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Makes steps of a start that send commands: after Axon has started, and before the side takes calls. */
@Component
public class CommandsAtStart {

    private final SpringAxonConfiguration axon;
    private final StartupDependencies dependencies;

    CommandsAtStart(SpringAxonConfiguration axon, StartupDependencies dependencies) {
        this.axon = axon;
        this.dependencies = dependencies;
    }

    public SmartLifecycle send(Runnable commands) {
        return new Step(commands);
    }

    private final class Step implements SmartLifecycle {

        private final Runnable commands;
        private volatile boolean running;

        Step(Runnable commands) {
            this.commands = commands;
        }

        @Override
        public int getPhase() {
            return axon.getPhase() + 1;
        }

        @Override
        public void start() {
            // Over Axon Server a side can send commands a moment before the server knows who handles them.
            dependencies.await("commands to be handled", () -> {
                commands.run();
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
}
