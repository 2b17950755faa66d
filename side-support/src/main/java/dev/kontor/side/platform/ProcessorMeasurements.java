package dev.kontor.side.platform;

import dev.kontor.side.platform.ReadPosition.Lag;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Health details and metrics of the event processors. They change no readiness: reads and commands continue. */
@Configuration(proxyBeanMethods = false)
class ProcessorMeasurements {

    /** Names each processor that is over its budget, and whether it moves. */
    @Bean
    HealthIndicator eventProcessorsHealthIndicator(ProcessorWatch watch) {
        return () -> {
            Map<String, Object> late = new TreeMap<>();
            Map<String, Object> stalled = new TreeMap<>();
            watch.lags().forEach((processor, lag) -> {
                if (watch.isOverBudget(lag.stall())) {
                    stalled.put(processor, described(lag, lag.stall()));
                } else if (watch.isOverBudget(lag.delay())) {
                    late.put(processor, described(lag, lag.delay()));
                }
            });
            Health.Builder health = Health.up();
            if (!late.isEmpty()) {
                health.withDetail("late", late);
            }
            if (!stalled.isEmpty()) {
                health.withDetail("alarm", stalled);
            }
            return health.build();
        };
    }

    private static String described(Lag lag, Duration since) {
        return "%,d events behind, for %,d s".formatted(lag.events(), since.toSeconds());
    }

    @Bean
    ProcessorFailures processorFailures(Clock clock) {
        return new ProcessorFailures(clock);
    }

    /** What each event processor needs of this process. */
    @Bean
    ConfigurerModule watchedProcessors(
            ProcessorFailures failures, ProcessorPauses pauses, MeterRegistry registry, Clock clock) {
        return configurer -> configurer
                .registerComponent(HandlingTimes.class, _ -> new HandlingTimes(registry, clock))
                .registerComponent(ProcessorFailures.class, _ -> failures)
                .registerComponent(ProcessorPauses.class, _ -> pauses);
    }

    @Bean
    MeterBinder eventProcessorMetrics(ProcessorWatch watch, @Lazy EventProcessingConfiguration processing) {
        return registry -> {
            processing.eventProcessors().keySet().forEach(processor -> bind(watch, processor, registry));
            TimeGauge.builder(
                            "kontor.processors.budget",
                            watch,
                            TimeUnit.NANOSECONDS,
                            of -> of.budget().toNanos())
                    .description("How late a processor may be")
                    .register(registry);
        };
    }

    private static void bind(ProcessorWatch watch, String processor, MeterRegistry registry) {
        Gauge.builder("kontor.processors.lag", watch, of -> of.lag(processor).events())
                .tag("processor", processor)
                .baseUnit("events")
                .description("Events of the log that the processor has not read")
                .register(registry);
        bind(
                watch,
                processor,
                "kontor.processors.delay",
                "How long the oldest event that it has not read waits",
                Lag::delay,
                registry);
        bind(
                watch,
                processor,
                "kontor.processors.stall",
                "How long it has not read one of the events that wait",
                Lag::stall,
                registry);
    }

    private static void bind(
            ProcessorWatch watch,
            String processor,
            String name,
            String description,
            Function<Lag, Duration> time,
            MeterRegistry registry) {
        TimeGauge.builder(
                        name,
                        watch,
                        TimeUnit.NANOSECONDS,
                        of -> time.apply(of.lag(processor)).toNanos())
                .tag("processor", processor)
                .description(description)
                .register(registry);
    }
}
