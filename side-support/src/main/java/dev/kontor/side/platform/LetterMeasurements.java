package dev.kontor.side.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health details and metrics of dead letters. They change no readiness: reads and commands continue. */
@Configuration(proxyBeanMethods = false)
class LetterMeasurements {

    /** Names each queue with letters, and those that are half full. */
    @Bean
    HealthIndicator deadLettersHealthIndicator(List<DeadLetters> all) {
        return () -> {
            Map<String, Object> queues = new TreeMap<>();
            Map<String, Object> alarms = new TreeMap<>();
            all.forEach(letters -> letters.fills().forEach((queue, fill) -> {
                if (fill.letters() > 0) {
                    queues.put(queue, "%d letters of %d sequences".formatted(fill.letters(), fill.sequences()));
                }
                if (fill.isAlarming()) {
                    alarms.put(queue, "%.0f %% of its bound".formatted(100 * fill.ratio()));
                }
            }));
            Health.Builder health = Health.up();
            if (!queues.isEmpty()) {
                health.withDetail("letters", queues);
            }
            if (!alarms.isEmpty()) {
                health.withDetail("alarm", alarms);
            }
            return health.build();
        };
    }

    @Bean
    MeterBinder deadLetterMetrics(List<DeadLetters> all) {
        return registry -> all.forEach(letters -> letters.names().forEach(queue -> bind(letters, queue, registry)));
    }

    private static void bind(DeadLetters letters, String queue, MeterRegistry registry) {
        Gauge.builder("kontor.dead.letters", letters, of -> of.fill(queue).letters())
                .tag("queue", queue)
                .description("Events that could not be handled and wait in the queue")
                .register(registry);
        Gauge.builder("kontor.dead.letters.fill", letters, of -> of.fill(queue).ratio())
                .tag("queue", queue)
                .description("The used part of the queue's bound; from 0.5 on it is an alarm")
                .register(registry);
    }
}
