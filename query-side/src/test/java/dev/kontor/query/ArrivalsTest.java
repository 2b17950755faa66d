package dev.kontor.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private final Arrivals arrivals = new Arrivals();

    @Test
    void whatIsThereIsReadOnce() {
        AtomicInteger reads = new AtomicInteger();

        arrivals.read(Duration.ofSeconds(5), watch -> reads.incrementAndGet(), read -> true);

        assertThat(reads).hasValue(1);
    }

    @Test
    void aReadThatWaitsForNothingAnswersWhatThereIs() {
        assertThat(arrivals.<String>read(Duration.ZERO, watch -> "old", read -> false))
                .isEqualTo("old");
    }

    @Test
    void aReadWhoseTimeIsOverAnswersWhatItReadLast() {
        AtomicInteger reads = new AtomicInteger();

        int last = arrivals.read(Duration.ofMillis(20), watch -> reads.incrementAndGet(), read -> false);

        assertThat(last).isEqualTo(reads.get()).isGreaterThan(1);
    }

    @Test
    void aDocumentThatArrivesEndsTheWait() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        AtomicInteger version = new AtomicInteger();
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> arrivals.read(
                Duration.ofSeconds(30),
                watch -> {
                    watch.on(View.CARTS, "a");
                    looking.countDown();
                    return version.get();
                },
                found -> found == 1));

        looking.await();
        version.set(1);
        arrivals.arrived("carts", List.of("a"));

        assertThat(read.get(5, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void aWaitEndsWhenTheProcessDoes() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> arrivals.read(
                Duration.ofMinutes(10),
                watch -> {
                    watch.on(View.CARTS, "a");
                    looking.countDown();
                    return "old";
                },
                found -> false));

        looking.await();
        arrivals.endWaits();

        assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo("old");
    }
}
