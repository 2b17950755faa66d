package dev.kontor.standalone.platform;

import dev.kontor.store.StoreListener;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Measures the size of the log's commits and the time of their syncs. */
@Component
class GroupMetrics implements StoreListener {

    private final DistributionSummary requests;
    private final DistributionSummary events;
    private final DistributionSummary bytes;
    private final Timer sync;

    GroupMetrics(MeterRegistry registry) {
        requests = DistributionSummary.builder("kontor.log.commit.requests")
                .description("Units of work written with one sync")
                .register(registry);
        events = DistributionSummary.builder("kontor.log.commit.events")
                .description("Events written with one sync")
                .register(registry);
        bytes = DistributionSummary.builder("kontor.log.commit.size")
                .description("Bytes written with one sync")
                .baseUnit("bytes")
                .register(registry);
        sync = Timer.builder("kontor.log.sync")
                .description("From handing a group to the disk until it is durable")
                .publishPercentileHistogram()
                .register(registry);
    }

    @Override
    public void written(Group group, Duration took) {
        requests.record(group.requests());
        events.record(group.events());
        bytes.record(group.bytes());
        sync.record(took);
    }
}
