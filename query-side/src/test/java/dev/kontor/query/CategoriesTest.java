package dev.kontor.query;

import static dev.kontor.query.TestQuerySide.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc.CatalogQueriesBlockingStub;
import dev.kontor.proto.catalog.ListCategoriesRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CategoriesTest {

    private final TestQuerySide side = TestQuerySide.get();
    private final CatalogQueriesBlockingStub catalog = CatalogQueriesGrpc.newBlockingStub(side.anonymous());

    /** Blocks its thread, even when interrupted, until it is released. */
    private static void hold(CountDownLatch begun, CountDownLatch over) {
        begun.countDown();
        boolean isOver = false;
        while (!isOver) {
            try {
                over.await();
                isOver = true;
            } catch (InterruptedException e) {
                // The search is refused by now; its thread is still blocked.
            }
        }
    }

    /** They scan more products than they show. */
    @Test
    void they_have_no_more_threads_and_time_than_searches() throws InterruptedException {
        SearchExecutor searches = side.bean(SearchExecutor.class);
        int threads = side.bean(SearchSettings.class).threadsHere();
        CountDownLatch begun = new CountDownLatch(threads);
        CountDownLatch over = new CountDownLatch(1);
        for (int i = 0; i < threads; i++) {
            CompletableFuture.runAsync(
                    () -> searches.run(time -> {
                        hold(begun, over);
                        return null;
                    }),
                    Thread::startVirtualThread);
        }
        begun.await();

        try {
            assertThat(problemOf(() -> catalog.listCategories(ListCategoriesRequest.getDefaultInstance())))
                    .isEqualTo(Problem.OVERLOADED);
        } finally {
            over.countDown();
        }
        catalog.listCategories(ListCategoriesRequest.getDefaultInstance());
    }
}
