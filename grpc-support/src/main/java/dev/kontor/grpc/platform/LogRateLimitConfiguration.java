package dev.kontor.grpc.platform;

import ch.qos.logback.classic.LoggerContext;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;

/** Installs {@link LogRateLimit} while the process runs. Gateway and sides import it. */
public final class LogRateLimitConfiguration implements DisposableBean {

    private final LogRateLimit lines;
    private final ScheduledExecutorService everySoOften = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("left-out-lines").factory());

    LogRateLimitConfiguration(@Value("${kontor.log.lines-per-minute:60}") int most) {
        if (most < 1) {
            throw new StartException("kontor.log.lines-per-minute is %d; it must be at least 1.".formatted(most));
        }
        lines = new LogRateLimit(most, InstantSource.system());
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.addTurboFilter(lines);
        }
        everySoOften.scheduleAtFixedRate(lines::tell, 10, 10, TimeUnit.SECONDS);
    }

    @Override
    public void destroy() {
        everySoOften.shutdownNow();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getTurboFilterList().remove(lines);
        }
        lines.tellAll();
    }
}
