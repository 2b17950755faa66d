package dev.kontor.side.platform;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Opens the port of health before anything is waited for: a side whose stores are away is alive and not ready, and says what is
 * missing. Boot would open it last. Boot also closes it: to start a server twice does nothing.
 */
@Component
@Profile(SpringProfiles.DISTRIBUTED)
class HealthServerAtStart implements SmartLifecycle {

    private final ApplicationContext context;
    private volatile boolean running;

    HealthServerAtStart(ApplicationContext context) {
        this.context = context;
    }

    @Override
    public int getPhase() {
        return StoresAtStart.PHASE - 1;
    }

    @Override
    public void start() {
        if (context instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            web.getWebServer().start();
            AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
        }
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
