package dev.kontor.store.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cost of a read does not grow with earlier writes. */
class RowsReadTest {

    private static final int DOCUMENTS = 100;
    private static final int REWRITES = 500_000;
    private static final int BATCH = 200;
    private static final KeyRange ALL = new KeyRange(null, null);

    private Views views;

    @BeforeEach
    void start(@TempDir Path folder) {
        views = new Views(folder);
        for (int i = 0; i < DOCUMENTS; i++) {
            views.write("n" + i, i);
        }
    }

    @AfterEach
    void stop() {
        views.close();
    }

    private record Cost(long find, long findAll, long firstPage, long scan, long backwards) {}

    private Cost cost() {
        List<String> ids = IntStream.range(0, 20).mapToObj(i -> "n" + i).toList();
        int[] left = {20};
        return new Cost(
                rowsRead(() -> views.store().find("notes", "n50")),
                rowsRead(() -> views.store().findAll("notes", ids)),
                rowsRead(() -> views.store()
                        .scan("notes", "by_number", ALL, false, row -> row.document() != null && --left[0] > 0)),
                rowsRead(() -> views.store().scan("notes", "by_number", ALL, false, row -> row.document() != null)),
                rowsRead(() -> views.store().scan("notes", "by_number", ALL, true, row -> row.document() != null)));
    }

    /** Also those that a read skips: deleted ones, and older ones of the same key. */
    private long rowsRead(Runnable read) {
        return views.files().rows().counting(read);
    }

    /** As stock changes: the content of documents, not their index keys. */
    @Test
    void documents_that_were_rewritten_half_a_million_times_cost_as_many_rows_as_before() {
        Cost before = cost();
        assertThat(before.scan()).isBetween((long) DOCUMENTS, 3L * DOCUMENTS);

        for (int batch = 0; batch < REWRITES / BATCH; batch++) {
            int first = batch * BATCH;
            views.store().write(writes -> {
                for (int i = first; i < first + BATCH; i++) {
                    int n = i % DOCUMENTS;
                    Views.put(writes, "notes", "n" + n, n);
                }
                writes.token("notes", 0, new GlobalSequenceTrackingToken(first));
            });
        }

        assertThat(cost()).isEqualTo(before);
    }

    /** As prices change: each rewrite moves the document in the index. */
    @Test
    void documents_that_moved_half_a_million_times_cost_a_bounded_number_of_rows_more() {
        Cost before = cost();

        for (int round = 1; round <= REWRITES / DOCUMENTS; round++) {
            int first = round * DOCUMENTS;
            views.store().write(writes -> {
                for (int n = 0; n < DOCUMENTS; n++) {
                    Views.put(writes, "notes", "n" + n, first + n);
                }
            });
        }

        // The first scan may pass over recent deletions; it requests a flush, so that the next ones pass over few.
        assertThat(cost().scan()).isLessThan(before.scan() + 3L * IndexRows.AT_MOST);
        await().untilAsserted(() -> assertThat(cost().scan()).isLessThan(before.scan() + 3L * IndexRows.WHERE_SCANNED));
        assertThat(views.ids()).hasSize(DOCUMENTS);
    }
}
