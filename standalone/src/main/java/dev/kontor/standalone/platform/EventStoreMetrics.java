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

/** How the log stands at the moment of asking. Of a closed book, at the end of the process, nothing is told. */
@Component
class EventStoreMetrics implements MeterBinder {

    private final EmbeddedStore book;

    EventStoreMetrics(EmbeddedStore book) {
        this.book = book;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "kontor.book.head", null, "Position of the last event", StoreMeasurements::head);
        gauge(
                registry,
                "kontor.book.waiting.requests",
                null,
                "Units of work that wait for the disk",
                StoreMeasurements::waitingRequests);
        gauge(
                registry,
                "kontor.book.waiting.size",
                "bytes",
                "What waits for the disk",
                StoreMeasurements::waitingBytes);
        gauge(registry, "kontor.book.disk.size", "bytes", "All files of the book", StoreMeasurements::diskBytes);
        gauge(registry, "kontor.book.disk.usable", "bytes", "What is left on its disk", StoreMeasurements::usableBytes);
        counter(registry, "overloaded", StoreMeasurements::overloads);
        counter(registry, "full", StoreMeasurements::refusedFull);
        FunctionCounter.builder(
                        "kontor.book.background.errors",
                        book,
                        asked -> read(asked, StoreMeasurements::backgroundErrors))
                .description("Failures of RocksDB in what it does beside the writes")
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String unit,
            String description,
            ToDoubleFunction<StoreMeasurements> value) {
        Gauge.builder(name, book, asked -> read(asked, value))
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    private void counter(MeterRegistry registry, String reason, ToDoubleFunction<StoreMeasurements> value) {
        FunctionCounter.builder("kontor.book.refusals", book, asked -> read(asked, value))
                .tag("reason", reason)
                .description("Writes that were refused")
                .register(registry);
    }

    private static double read(EmbeddedStore book, ToDoubleFunction<StoreMeasurements> value) {
        return book.state() == StoreState.CLOSED ? Double.NaN : value.applyAsDouble(book.measurements());
    }
}
