package dev.kontor.bench;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.query.platform.Batch;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.Index;
import dev.kontor.query.platform.Scan;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewDocument;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.standalone.platform.EmbeddedViewStore;
import dev.kontor.standalone.platform.Folders;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.documents.DocumentStore;
import dev.kontor.store.documents.ViewFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * Compares reads of embedded views before and after very many rewrites of their documents. The aim is no difference.
 */
final class ViewsBench {

    private static final int DOCUMENTS = 100;
    private static final int BATCH = 200;
    private static final int ROUNDS = 2_000;
    private static final int PAGE = 20;

    private static final Index BY_STOCK = Index.of("by_stock", "listed", "stock");
    private static final DocumentType<Item> ITEMS = DocumentType.of("items", Item.class, BY_STOCK);
    private static final List<String> SOME =
            IntStream.range(0, PAGE).mapToObj(n -> "item" + n).toList();

    private final ViewStore store;
    private long version;

    private ViewsBench(ViewStore store) {
        this.store = store;
    }

    /** About as large as a product. */
    public record Item(@BsonId String id, String text, long stock, boolean listed, long version)
            implements ViewDocument {}

    /** Argument: how many rewrites (500,000). */
    static void run(List<String> arguments) throws Exception {
        long rewrites = arguments.isEmpty() ? 500_000 : Long.parseLong(arguments.getFirst());
        Path folder = Files.createTempDirectory("kontor-bench-views");
        try (EmbeddedStore eventStore = EmbeddedStore.open(folder.resolve("log"));
                ViewFiles files = ViewFiles.open(folder.resolve("views"), eventStore)) {
            ViewStore store = new EmbeddedViewStore(new DocumentStore(files, StoredJson.of(StoredTypes.events())));
            store.declare(List.of(View.of("items", 1, ITEMS)));
            new ViewsBench(store).compare(rewrites);
        } finally {
            Folders.delete(folder);
        }
    }

    private void compare(long rewrites) {
        rewrite(DOCUMENTS);
        measure();
        double[] before = measure();
        long begin = System.nanoTime();
        rewrite(rewrites);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double[] after = measure();
        System.out.printf("%,d rewrites of %d documents, %,.0f a second%n", rewrites, DOCUMENTS, rewrites / seconds);
        List<String> reads = List.of("find by id", "find " + PAGE + " by id", "first page", "all");
        for (int read = 0; read < reads.size(); read++) {
            System.out.printf(
                    "%-16s %8.1f us before, %8.1f us after, ratio %.2f%n",
                    reads.get(read), before[read], after[read], after[read] / before[read]);
        }
    }

    private void rewrite(long times) {
        for (long written = 0; written < times; written += BATCH) {
            Batch batch = new Batch();
            for (int i = 0; i < Math.min(BATCH, times - written); i++) {
                String id = "item" + i % DOCUMENTS;
                long at = ++version;
                batch.update(ITEMS, id, at, before -> new Item(id, "text ".repeat(100), at % 1_000, true, at));
            }
            store.apply(batch.token("items", 0, new GlobalSequenceTrackingToken(version)));
        }
    }

    /** Microseconds of each kind of read. */
    private double[] measure() {
        int[] left = {0};
        return new double[] {
            micros(() -> store.find(ITEMS, "item50")),
            micros(() -> store.findAll(ITEMS, SOME)),
            micros(() -> {
                left[0] = PAGE;
                store.scan(Scan.of(ITEMS, BY_STOCK).where(true), item -> --left[0] > 0);
            }),
            micros(() -> store.scan(Scan.of(ITEMS, BY_STOCK).where(true).descending(), item -> true))
        };
    }

    /** The median. */
    private static double micros(Runnable read) {
        long[] nanos = new long[ROUNDS];
        for (int round = 0; round < nanos.length; round++) {
            long begin = System.nanoTime();
            read.run();
            nanos[round] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1e3;
    }
}
