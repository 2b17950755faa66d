package dev.kontor.standalone.platform;

import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.StoreMeasurements;
import dev.kontor.store.StoreState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** Current measurements of the log. A closed event store, at the end of the process, reports none. */
@Component
class EventStoreMetrics implements MeterBinder {

    private final EmbeddedStore store;

    EventStoreMetrics(EmbeddedStore store) {
        this.store = store;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "kontor.log.head", null, "Position of the last event", StoreMeasurements::head);
        gauge(
                registry,
                "kontor.log.queue.requests",
                null,
                "Units of work that wait for the disk",
                StoreMeasurements::waitingRequests);
        gauge(
                registry,
                "kontor.log.queue.size",
                "bytes",
                "Bytes that wait for the disk",
                StoreMeasurements::waitingBytes);
        gauge(registry, "kontor.log.disk.size", "bytes", "All files of the event store", StoreMeasurements::diskBytes);
        gauge(registry, "kontor.log.disk.usable", "bytes", "Free space on its disk", StoreMeasurements::usableBytes);
        counter(registry, "overloaded", StoreMeasurements::overloads);
        counter(registry, "full", StoreMeasurements::refusedFull);
        FunctionCounter.builder(
                        "kontor.log.background.errors",
                        store,
                        asked -> read(asked, StoreMeasurements::backgroundErrors))
                .description("Failures of RocksDB's background work")
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String unit,
            String description,
            ToDoubleFunction<StoreMeasurements> value) {
        Gauge.builder(name, store, asked -> read(asked, value))
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    private void counter(MeterRegistry registry, String reason, ToDoubleFunction<StoreMeasurements> value) {
        FunctionCounter.builder("kontor.log.refusals", store, asked -> read(asked, value))
                .tag("reason", reason)
                .description("Writes that were refused")
                .register(registry);
    }

    private static double read(EmbeddedStore store, ToDoubleFunction<StoreMeasurements> value) {
        return store.state() == StoreState.CLOSED ? Double.NaN : value.applyAsDouble(store.measurements());
    }
}
