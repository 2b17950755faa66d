package dev.kontor.command.platform;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.stereotype.Component;

/**
 * Counts the events that this process has appended, by type. So it measures what customers and sagas do: sign-ins,
 * reservations, orders, cancellations.
 */
@Component
class AppendedEvents implements ConfigurerModule {

    private final MeterRegistry registry;
    private final Map<Class<?>, Counter> counters = new ConcurrentHashMap<>();

    AppendedEvents(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void configureModule(Configurer configurer) {
        configurer.onInitialize(configuration ->
                configuration.onStart(() -> configuration.eventStore().subscribe(this::appending)));
    }

    private void appending(List<? extends EventMessage<?>> events) {
        CurrentUnitOfWork.get()
                .afterCommit(written ->
                        events.forEach(event -> counters.computeIfAbsent(event.getPayloadType(), this::counter)
                                .increment()));
    }

    private Counter counter(Class<?> type) {
        return Counter.builder("kontor.events")
                .tag("type", type.getSimpleName())
                .description("Appended events")
                .register(registry);
    }
}
