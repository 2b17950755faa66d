package dev.kontor.standalone.platform;

import dev.kontor.grpc.identity.RemoteKeys;
import dev.kontor.query.operations.ViewProgress;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Reports the progress of the start on the console, and the addresses once Kontor is ready. */
@Component
class StandaloneStartReport {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final ViewProgress progress;
    private final RemoteKeys keys;
    private final Addresses addresses;
    private final Path data;
    private final boolean demo;
    private final PrintStream console = System.out;

    StandaloneStartReport(
            ViewProgress progress,
            @Qualifier("gatewayKeys") RemoteKeys keys,
            Addresses addresses,
            DataFolder data,
            @Value("${kontor.demo}") boolean demo) {
        this.progress = progress;
        this.keys = keys;
        this.addresses = addresses;
        this.data = data.root();
        this.demo = demo;
    }

    @EventListener
    void on(ApplicationReadyEvent event) {
        Duration sinceJvmStart =
                Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        Thread.ofVirtual().name("start-report").start(() -> tell(sinceJvmStart));
    }

    private void tell(Duration untilStarted) {
        long begin = System.nanoTime();
        long nextLine = begin + BETWEEN_LINES.toNanos();
        while (!progress.caughtUp() || !keys.areKnown()) {
            if (System.nanoTime() >= nextLine) {
                console.println("  " + progress.line());
                nextLine += BETWEEN_LINES.toNanos();
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        console.print(ready(untilStarted.plusNanos(System.nanoTime() - begin)));
        console.flush();
    }

    /** How much of the log the views had to read: the newest events, or all. */
    private String read() {
        List<ViewProgress.Progress> views = progress.views();
        long read = views.stream().mapToLong(ViewProgress.Progress::read).max().orElse(0);
        long head = views.stream().mapToLong(ViewProgress.Progress::head).max().orElse(0);
        return String.format(Locale.ROOT, "read %,d of %,d events", read, head);
    }

    private String ready(Duration after) {
        String base = addresses.rest();
        StringBuilder text = new StringBuilder();
        text.append("%nKontor is ready after %.1f s%n%n".formatted(after.toMillis() / 1000.0));
        text.append("  API         %s/api/v1%n".formatted(base));
        text.append("  Swagger UI  %s/swagger-ui/index.html%n".formatted(base));
        addresses.grpc().ifPresent(grpc -> text.append("  gRPC        %s (with reflection)%n".formatted(grpc)));
        addresses
                .management()
                .ifPresent(management ->
                        text.append("  Health      %s/actuator/health%n  Metrics     %s/actuator/prometheus%n"
                                .formatted(management, management)));
        text.append("  Views       %s%n".formatted(read()));
        text.append("  Data        %s%n".formatted(data));
        if (demo) {
            text.append("%n  Demo accounts, password testPass123:%n".formatted());
            text.append("    admin1@example.com  admin2@example.com  customer1@example.com  customer2@example.com%n"
                    .formatted());
            text.append("%n  Try:%n".formatted());
            text.append("    curl '%s/api/v1/catalog/products?pageSize=3'%n".formatted(base));
            text.append(("    curl -H 'Content-Type: application/json' %s/api/v1/auth/signin "
                            + "-d '{\"email\":\"customer1@example.com\",\"password\":\"testPass123\"}'%n")
                    .formatted(base));
        }
        text.append("%nCtrl-C stops it.%n".formatted());
        return text.toString();
    }
}
