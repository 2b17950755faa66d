package dev.kontor.side.platform;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Opens the health port before the start waits for anything: a side whose stores are away is alive and not ready, and
 * reports what is missing. Boot would open the port last. Boot closes it, and its second start has no effect.
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
