package dev.kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.testsupport.CuttingProxy;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two query sides behind one channel. */
class ManyInstancesTest {

    private static final Logger log = LoggerFactory.getLogger(ManyInstancesTest.class);
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final int READERS = 8;

    private final SocketSide commandSide = new SocketSide();
    private final SocketSide first = new SocketSide();
    private final SocketSide second = new SocketSide();
    private final CuttingProxy toFirst = new CuttingProxy(first.port());
    private final RunningGateway gateway = new RunningGateway(
            "--kontor.command-side=" + commandSide.target(),
            "--kontor.query-side=list:///127.0.0.1:%d,127.0.0.1:%d".formatted(toFirst.port(), second.port()),
            "--kontor.deadline=2s");

    @BeforeEach
    void both_instances_get_calls() {
        ScriptedSides.INSTANCE.forget();
        ScriptedSides.INSTANCE.on(
                CatalogQueriesGrpc.getSearchProductsMethod(), q -> SearchProductsResponse.getDefaultInstance());
        isAskedAgain(first);
        isAskedAgain(second);
    }

    @AfterEach
    void stop() {
        gateway.close();
        toFirst.close();
        List.of(commandSide, first, second).forEach(SocketSide::close);
    }

    private int browse() {
        return gateway.get("/api/v1/catalog/products").status();
    }

    private void isAskedAgain(SocketSide side) {
        int before = side.calls();
        await().atMost(LONG).until(() -> {
            browse();
            return side.calls() > before;
        });
    }

    @Test
    void when_one_of_two_instances_dies_no_read_fails() throws Exception {
        Map<Integer, Integer> answers = new ConcurrentHashMap<>();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> readers = IntStream.range(0, 8)
                .mapToObj(i -> Thread.startVirtualThread(() -> {
                    while (!over.get()) {
                        answers.merge(browse(), 1, Integer::sum);
                    }
                }))
                .toList();
        await().atMost(LONG).until(() -> answers.getOrDefault(200, 0) > 100);

        first.kill();
        int then = answers.get(200);
        await().atMost(LONG).until(() -> answers.getOrDefault(200, 0) > then + 300);
        over.set(true);
        for (Thread reader : readers) {
            reader.join();
        }

        assertThat(answers).containsOnlyKeys(200);
        first.start();
        isAskedAgain(first);
    }

    @Test
    void an_instance_that_does_not_serve_gets_no_new_calls() {
        first.says(ServingStatus.NOT_SERVING);
        await().atMost(LONG).until(() -> {
            int before = first.calls();
            IntStream.range(0, 10).forEach(i -> assertThat(browse()).isEqualTo(200));
            return first.calls() == before;
        });

        first.says(ServingStatus.SERVING);
        isAskedAgain(first);
    }

    /** As with a pulled cable or a paused process, the connection stays open. */
    @Test
    void when_an_instance_falls_silent_only_its_current_calls_are_late() throws Exception {
        AtomicInteger good = new AtomicInteger();
        AtomicInteger late = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> readers = IntStream.range(0, READERS)
                .mapToObj(i -> Thread.startVirtualThread(() -> {
                    while (!over.get()) {
                        (browse() == 200 ? good : late).incrementAndGet();
                    }
                }))
                .toList();
        await().atMost(LONG).until(() -> good.get() > 100);

        toFirst.freeze();
        // Longer than the keepalive of a connection, which would also find the silence.
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        await().atMost(LONG).until(() -> System.nanoTime() > end);
        int until = good.get();
        await().atMost(LONG).until(() -> good.get() > until + 300);
        over.set(true);
        for (Thread reader : readers) {
            reader.join();
        }

        log.info("{} calls answered, {} late", good, late);
        assertThat(late.get()).isBetween(1, 2 * READERS);
        toFirst.restore();
        isAskedAgain(first);
    }

    @Test
    void if_all_instances_are_silent_they_get_calls_and_answer_late() {
        second.says(ServingStatus.NOT_SERVING);
        await().atMost(LONG).until(() -> {
            int before = second.calls();
            IntStream.range(0, 10).forEach(i -> assertThat(browse()).isEqualTo(200));
            return second.calls() == before;
        });

        toFirst.freeze();
        assertThat(browse()).isIn(503, 504);

        toFirst.restore();
        await().atMost(LONG).until(() -> browse() == 200);
    }

    @Test
    void if_no_instance_serves_the_side_is_unavailable() {
        first.says(ServingStatus.NOT_SERVING);
        second.says(ServingStatus.NOT_SERVING);

        await().atMost(LONG).until(() -> browse() == 503);
    }
}
