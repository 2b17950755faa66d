package dev.kontor.gateway.platform;

import dev.kontor.gateway.GatewayApplication;
import dev.kontor.grpc.identity.RemoteKeys;
import dev.kontor.grpc.platform.Listeners;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Prints the addresses of the gateway process once it is ready; before that, what it waits for. */
@Component
@Profile(GatewayApplication.PROFILE)
class GatewayStartReport {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final RemoteKeys keys;
    private final SideTargets targets;
    private final Environment settings;
    private final PrintStream console = System.out;
    private volatile boolean ends;

    GatewayStartReport(@Qualifier("gatewayKeys") RemoteKeys keys, SideTargets targets, Environment settings) {
        this.keys = keys;
        this.targets = targets;
        this.settings = settings;
    }

    @EventListener
    void on(ApplicationReadyEvent event) {
        Thread.ofVirtual().name("start-report").start(this::tell);
    }

    @EventListener(ContextClosedEvent.class)
    void end() {
        ends = true;
    }

    private void tell() {
        String sides = "command side %s, query side %s"
                .formatted(targets.of(SideTargets.COMMAND_SIDE), targets.of(SideTargets.QUERY_SIDE));
        long begin = System.nanoTime();
        boolean told = false;
        while (!keys.areKnown()) {
            if (!told && System.nanoTime() - begin > PATIENCE.toNanos()) {
                told = true;
                console.println("gateway waits for one of the sides: " + sides);
            }
            if (ends) {
                return;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
        console.print(
                String.format(Locale.ROOT, """

                gateway is ready after %.1f s

                  API     %s/api/v1
                  Health  %s/health/readiness
                  Sides   %s

                Ctrl-C stops it.
                """, seconds, address("server", "local.server.port"), management(), sides));
        console.flush();
    }

    private String management() {
        return address("management.server", "local.management.port") + "/actuator";
    }

    private String address(String server, String port) {
        String address = settings.getProperty(server + ".address", "0.0.0.0");
        return String.format(Locale.ROOT, "http://%s:%s", Listeners.hostIn(address), settings.getProperty(port));
    }
}
