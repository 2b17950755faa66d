package dev.kontor.wire.operations;

import ch.qos.logback.classic.LoggerContext;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;

/** Puts {@link RepeatedLines} before the log for as long as a process runs. Gateway and sides import it. */
public final class BoundedLog implements DisposableBean {

    private final RepeatedLines lines;
    private final ScheduledExecutorService everySoOften = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("left-out-lines").factory());

    BoundedLog(@Value("${kontor.log.lines-per-minute:60}") int most) {
        if (most < 1) {
            throw new UnusableSetting("kontor.log.lines-per-minute is %d; it must be at least 1.".formatted(most));
        }
        lines = new RepeatedLines(most, InstantSource.system());
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
