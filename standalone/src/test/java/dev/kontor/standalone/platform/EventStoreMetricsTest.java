package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.StoreFullException;
import dev.kontor.store.StoreSettings;
import dev.kontor.store.documents.ViewFiles;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStoreMetricsTest {

    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void written_bytes_and_the_time_of_the_disk_are_measured() {
        try (EmbeddedStore store = EmbeddedStore.open(folder, new GroupMetrics(registry))) {
            new EventStoreMetrics(store).bindTo(registry);
            store.column("rows").put("one", new byte[1_000]);
            store.column("rows").put("two", new byte[1_000]);

            assertThat(registry.get("kontor.log.commit.requests").summary().totalAmount())
                    .isEqualTo(2);
            assertThat(registry.get("kontor.log.commit.events").summary().totalAmount())
                    .isZero();
            assertThat(registry.get("kontor.log.commit.size").summary().totalAmount())
                    .isBetween(2_000.0, 3_000.0);
            assertThat(registry.get("kontor.log.sync").timer().count()).isEqualTo(2);
            assertThat(registry.get("kontor.log.sync").timer().totalTime(TimeUnit.NANOSECONDS))
                    .isPositive();
            assertThat(registry.get("kontor.log.head").gauge().value()).isEqualTo(-1);
            assertThat(registry.get("kontor.log.queue.requests").gauge().value())
                    .isZero();
            assertThat(registry.get("kontor.log.disk.size").gauge().value()).isGreaterThan(2_000);
            assertThat(registry.get("kontor.log.disk.usable").gauge().value()).isPositive();
            assertThat(registry.get("kontor.log.disk.usable").gauge().getId().getBaseUnit())
                    .isEqualTo("bytes");
        }
    }

    @Test
    void refused_writes_are_counted_by_reason() {
        try (EmbeddedStore store = EmbeddedStore.open(
                folder, new GroupMetrics(registry), StoreSettings.DEFAULT.withReserveBytes(Long.MAX_VALUE))) {
            new EventStoreMetrics(store).bindTo(registry);
            assertThatThrownBy(() -> store.column("rows").put("one", new byte[1]))
                    .isInstanceOf(StoreFullException.class);

            assertThat(refusals("full")).isEqualTo(1);
            assertThat(refusals("overloaded")).isZero();
            assertThat(registry.get("kontor.log.sync").timer().count()).isZero();
        }
    }

    @Test
    void a_closed_store_has_no_values_and_does_not_fail() {
        EmbeddedStore store = EmbeddedStore.open(folder);
        new EventStoreMetrics(store).bindTo(registry);
        store.close();

        assertThat(registry.get("kontor.log.head").gauge().value()).isNaN();
    }

    @Test
    void lookups_and_blocks_that_were_read_are_counted_for_the_log_and_the_views() {
        EmbeddedStore store = EmbeddedStore.open(folder.resolve("log"));
        ViewFiles views = ViewFiles.open(folder.resolve("views"), store);
        new StoreReadMetrics(store, views).bindTo(registry);
        store.diskColumn("rows").put("one", new byte[1], () -> {});
        double before = lookups("log");
        store.diskColumn("rows").get("one");

        assertThat(lookups("log")).isEqualTo(before + 1);
        assertThat(lookups("views")).isNotNegative();
        assertThat(blocks("log", "data")).isZero();
        assertThat(blocks("views", "index")).isZero();
        views.close();
        store.close();
        assertThat(lookups("log")).isNaN();
        assertThat(blocks("views", "data")).isNaN();
    }

    private double lookups(String store) {
        return registry.get("kontor.store.lookups")
                .tag("store", store)
                .functionCounter()
                .count();
    }

    private double blocks(String store, String kind) {
        return registry.get("kontor.store.blocks.read")
                .tag("store", store)
                .tag("kind", kind)
                .functionCounter()
                .count();
    }

    private double refusals(String reason) {
        return registry.get("kontor.log.refusals")
                .tag("reason", reason)
                .functionCounter()
                .count();
    }
}
