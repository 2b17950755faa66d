package dev.kontor.query.operations;

import dev.kontor.query.platform.View;
import dev.kontor.query.platform.Views;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** Measures how many events of the log each view has not shown yet. */
@Component
class ViewLag implements MeterBinder {

    private final Views views;
    private final Processors processors;

    ViewLag(Views views, Processors processors) {
        this.views = views;
        this.processors = processors;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (View view : views.all()) {
            Gauge.builder("kontor.views.lag", () -> lag(view))
                    .tag("view", view.name())
                    .baseUnit("events")
                    .description("Events of the log that the view has not read")
                    .register(registry);
        }
    }

    private long lag(View view) {
        // The position first: so no view is ahead of the log.
        long position = processors.position(view);
        return Math.max(0, processors.head() - position);
    }
}
