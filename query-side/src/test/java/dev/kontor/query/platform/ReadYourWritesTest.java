package dev.kontor.query.platform;

import static dev.kontor.query.platform.Note.NOTES;
import static dev.kontor.query.platform.Note.OTHERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadYourWritesTest {

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicReference<Thread> reader = new AtomicReference<>();

    private static ReadYourWrites arrivals(boolean isShared) {
        ViewStore store = mock(ViewStore.class);
        when(store.isShared()).thenReturn(isShared);
        return new ReadYourWrites(store);
    }

    private static Update<?> written(DocumentType<Note> type, String id, long version) {
        return new Update<>(type, id).then(version, before -> before);
    }

    /** Waits until document a is written in version 3. */
    private CompletableFuture<Long> waiting(ReadYourWrites arrivals, AtomicReference<Long> version) {
        CountDownLatch looking = new CountDownLatch(1);
        CompletableFuture<Long> read = CompletableFuture.supplyAsync(() -> arrivals.read(
                Duration.ofSeconds(60),
                watch -> {
                    reader.set(Thread.currentThread());
                    watch.on(NOTES, "a", 3);
                    reads.incrementAndGet();
                    looking.countDown();
                    return version.get();
                },
                found -> found >= 3));
        await().until(() -> looking.getCount() == 0);
        return read;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_is_there_is_read_once(boolean isShared) {
        arrivals(isShared).read(Duration.ofSeconds(5), watch -> reads.incrementAndGet(), read -> true);

        assertThat(reads).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_read_that_waits_for_nothing_answers_what_there_is(boolean isShared) {
        assertThat(arrivals(isShared).<String>read(Duration.ZERO, watch -> "old", read -> false))
                .isEqualTo("old");
    }

    @Test
    void where_this_process_alone_writes_a_read_looks_again_only_for_the_version_that_it_waits_for() throws Exception {
        ReadYourWrites arrivals = arrivals(false);
        AtomicReference<Long> version = new AtomicReference<>(1L);
        CompletableFuture<Long> read = waiting(arrivals, version);
        await().until(() -> reader.get().getState() == Thread.State.TIMED_WAITING);

        arrivals.arrived(List.of(written(NOTES, "a", 2), written(NOTES, "b", 3), written(OTHERS, "a", 3)));
        version.set(4L);
        arrivals.arrived(List.of(written(NOTES, "a", 4)));

        assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(4);
        assertThat(reads).hasValue(2);
    }

    @Test
    void where_this_process_alone_writes_a_read_whose_time_is_over_does_not_look_again() {
        int last = arrivals(false).read(Duration.ofMillis(20), watch -> reads.incrementAndGet(), read -> false);

        assertThat(last).isEqualTo(1);
    }

    @Test
    void where_other_processes_write_a_read_looks_again_by_itself() throws Exception {
        AtomicReference<Long> version = new AtomicReference<>(1L);
        CompletableFuture<Long> read = waiting(arrivals(true), version);

        await().until(() -> reads.get() > 3);
        version.set(3L);

        assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void a_wait_ends_when_the_process_does() throws Exception {
        ReadYourWrites arrivals = arrivals(false);
        CompletableFuture<Long> read = waiting(arrivals, new AtomicReference<>(1L));

        arrivals.endWaits();

        assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    }
}
