package dev.kontor.standalone.operations;

import dev.kontor.store.Book;
import dev.kontor.store.BookMeasurements;
import dev.kontor.store.BookState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** How the log stands at the moment of asking. Of a closed book, at the end of the process, nothing is told. */
@Component
class BookMetrics implements MeterBinder {

    private final Book book;

    BookMetrics(Book book) {
        this.book = book;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "kontor.book.head", null, "Position of the last event", BookMeasurements::head);
        gauge(
                registry,
                "kontor.book.waiting.requests",
                null,
                "Units of work that wait for the disk",
                BookMeasurements::waitingRequests);
        gauge(registry, "kontor.book.waiting.size", "bytes", "What waits for the disk", BookMeasurements::waitingBytes);
        gauge(registry, "kontor.book.disk.size", "bytes", "All files of the book", BookMeasurements::diskBytes);
        gauge(registry, "kontor.book.disk.usable", "bytes", "What is left on its disk", BookMeasurements::usableBytes);
        counter(registry, "overloaded", BookMeasurements::overloads);
        counter(registry, "full", BookMeasurements::refusedFull);
        FunctionCounter.builder(
                        "kontor.book.background.errors", book, asked -> read(asked, BookMeasurements::backgroundErrors))
                .description("Failures of RocksDB in what it does beside the writes")
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String unit,
            String description,
            ToDoubleFunction<BookMeasurements> value) {
        Gauge.builder(name, book, asked -> read(asked, value))
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    private void counter(MeterRegistry registry, String reason, ToDoubleFunction<BookMeasurements> value) {
        FunctionCounter.builder("kontor.book.refusals", book, asked -> read(asked, value))
                .tag("reason", reason)
                .description("Writes that were refused")
                .register(registry);
    }

    private static double read(Book book, ToDoubleFunction<BookMeasurements> value) {
        return book.state() == BookState.CLOSED ? Double.NaN : value.applyAsDouble(book.measurements());
    }
}
