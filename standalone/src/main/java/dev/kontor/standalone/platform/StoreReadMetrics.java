package dev.kontor.standalone.platform;

import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.StoreException;
import dev.kontor.store.StoreReads;
import dev.kontor.store.documents.ViewFiles;
import dev.kontor.store.documents.ViewFilesException;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.springframework.stereotype.Component;

/**
 * The lookups in the log and in the views, and the blocks of files that they read because the cache did not contain
 * them. A closed store, at the end of the process, reports none.
 */
@Component
class StoreReadMetrics implements MeterBinder {

    private final EmbeddedStore log;
    private final ViewFiles views;

    StoreReadMetrics(EmbeddedStore log, ViewFiles views) {
        this.log = log;
        this.views = views;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bind(registry, "log", log::reads);
        bind(registry, "views", views::reads);
    }

    private static void bind(MeterRegistry registry, String store, Supplier<StoreReads> reads) {
        FunctionCounter.builder("kontor.store.lookups", reads, asked -> read(asked, StoreReads::lookups))
                .tag("store", store)
                .description("Rows that were looked up, and scans that were begun")
                .register(registry);
        blocks(registry, store, "data", reads, StoreReads::dataBlocks);
        blocks(registry, store, "index", reads, StoreReads::indexBlocks);
    }

    private static void blocks(
            MeterRegistry registry,
            String store,
            String kind,
            Supplier<StoreReads> reads,
            ToLongFunction<StoreReads> value) {
        FunctionCounter.builder("kontor.store.blocks.read", reads, asked -> read(asked, value))
                .tag("store", store)
                .tag("kind", kind)
                .description("Blocks that were read from files")
                .register(registry);
    }

    private static double read(Supplier<StoreReads> reads, ToLongFunction<StoreReads> value) {
        try {
            return value.applyAsLong(reads.get());
        } catch (StoreException | ViewFilesException closed) {
            return Double.NaN;
        }
    }
}
