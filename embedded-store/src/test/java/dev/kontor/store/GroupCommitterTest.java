package dev.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doCallRealMethod;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** A slow or failing disk is a real database whose writes are delayed or fail. */
@Timeout(30)
class GroupCommitterTest {

    private static final int WAITING_AT_MOST = 3;
    private static final int WAITING_BYTES_AT_MOST = 100_000;
    private static final long RESERVE = 1_000;

    @TempDir
    Path folder;

    private final RecentEvents tail = new RecentEvents(-1);
    private final CountDownLatch atTheDisk = new CountDownLatch(1);
    private final CountDownLatch diskGoesOn = new CountDownLatch(1);
    private final AtomicLong usable = new AtomicLong(Long.MAX_VALUE);
    private final List<String> told = new ArrayList<>();
    private Database database;
    private RocksDB disk;
    private GroupCommitter committer;

    @BeforeEach
    void open() throws Exception {
        database = Database.open(folder);
        disk = spy(database.rocks());
        committer = new GroupCommitter(
                disk,
                database.columns(),
                tail,
                LogEnd.NONE,
                StoreListener.NONE,
                new CommitQueue(WAITING_AT_MOST, WAITING_BYTES_AT_MOST, 50),
                new DiskSpace(folder, RESERVE, usable::get));
    }

    @AfterEach
    void close() {
        // Else a failed test would wait here without end.
        diskGoesOn.countDown();
        committer.close();
        database.close();
    }

    private void holdUpTheDisk() throws RocksDBException {
        doAnswer(write -> {
                    atTheDisk.countDown();
                    diskGoesOn.await();
                    return write.callRealMethod();
                })
                .when(disk)
                .write(any(WriteOptions.class), any(WriteBatch.class));
    }

    private UnitOfWorkWrites event(String text) {
        EventMessage<Noted> event = StoreSetup.event(text);
        EventRecord encoded = EventRecord.of(event, StoreSetup.JSON);
        UnitOfWorkWrites writes = new UnitOfWorkWrites();
        writes.append(new UnitOfWorkWrites.Append(event, null, -1, encoded.encode(), -1, taken -> taken));
        writes.afterwards(() -> told.add(text));
        return writes;
    }

    private CompletableFuture<Void> commitElsewhere(UnitOfWorkWrites writes) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                committer.commit(writes);
                answer.complete(null);
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    @Test
    void where_too_much_waits_the_next_is_refused_and_what_waits_is_written_all_the_same() throws Exception {
        holdUpTheDisk();

        List<CompletableFuture<Void>> answers = new ArrayList<>();
        answers.add(commitElsewhere(event("at the disk")));
        assertThat(atTheDisk.await(5, TimeUnit.SECONDS)).isTrue();
        // More than may wait: as many as fit are admitted, in any order, and each of the others is refused.
        for (int i = 0; i < WAITING_AT_MOST + 2; i++) {
            answers.add(commitElsewhere(event("waits " + i)));
        }
        CompletableFuture<?>[] refusals = {new CompletableFuture<Void>(), new CompletableFuture<Void>()};
        AtomicInteger refused = new AtomicInteger();
        answers.forEach(answer -> answer.whenComplete((done, refusal) -> {
            if (refusal != null) {
                refusals[refused.getAndIncrement()].completeExceptionally(refusal);
            }
        }));
        for (CompletableFuture<?> refusal : refusals) {
            assertThatThrownBy(() -> refusal.get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(StoreOverloadedException.class)
                    .hasMessageContaining("3 writes are waiting");
        }
        assertThat(answers).filteredOn(CompletableFuture::isDone).hasSize(2);

        diskGoesOn.countDown();
        for (CompletableFuture<Void> answer : answers) {
            if (!answer.isCompletedExceptionally()) {
                answer.get(5, TimeUnit.SECONDS);
            }
        }
        assertThat(answers)
                .filteredOn(CompletableFuture::isCompletedExceptionally)
                .hasSize(2);
        assertThat(tail.head()).isEqualTo(WAITING_AT_MOST);
        assertThat(told).hasSize(1 + WAITING_AT_MOST);
    }

    @Test
    void after_a_failed_write_nothing_is_shown_and_nothing_more_is_taken() throws Exception {
        committer.commit(event("good"));
        doThrow(new RocksDBException("No space left on device"))
                .when(disk)
                .write(any(WriteOptions.class), any(WriteBatch.class));

        assertThatThrownBy(() -> committer.commit(event("lost")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("opened again")
                .hasMessageContaining("No space left on device");
        doCallRealMethod().when(disk).write(any(WriteOptions.class), any(WriteBatch.class));
        assertThatThrownBy(() -> committer.commit(event("late")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("opened again");

        assertThat(tail.head()).isZero();
        assertThat(told).containsExactly("good");
    }

    @Test
    void a_full_disk_refuses_writes_before_they_begin_and_takes_them_when_there_is_room_again() throws Exception {
        committer.commit(event("before"));
        usable.set(RESERVE - 1);
        // The free space is cached for a moment; the refusal comes after it.
        int believed = 0;
        Throwable refusal = null;
        while (refusal == null) {
            try {
                committer.commit(event("believed " + believed));
                believed++;
            } catch (StoreFullException full) {
                refusal = full;
            }
        }
        assertThat(refusal).hasMessageContaining("must stay free");
        assertThat(committer.refusedFull()).isEqualTo(1);
        assertThat(tail.head()).isEqualTo(believed);

        usable.set(RESERVE);
        boolean written = false;
        while (!written) {
            try {
                committer.commit(event("after"));
                written = true;
            } catch (StoreFullException still) {
                Thread.onSpinWait();
            }
        }
        assertThat(tail.head()).isEqualTo(believed + 1);
        assertThat(told).last().isEqualTo("after");
        assertThat(committer.isStopped()).isFalse();
    }

    @Test
    void where_too_many_bytes_wait_the_next_is_refused_though_few_wait() throws Exception {
        holdUpTheDisk();
        String large = "x".repeat(WAITING_BYTES_AT_MOST / 2 + 1);
        CompletableFuture<Void> first = commitElsewhere(event(large));
        assertThat(atTheDisk.await(5, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> committer.commit(event(large)))
                .isInstanceOf(StoreOverloadedException.class)
                .hasMessageContaining("KiB");
        CompletableFuture<Void> small = commitElsewhere(event("small"));
        diskGoesOn.countDown();
        first.get(5, TimeUnit.SECONDS);
        small.get(5, TimeUnit.SECONDS);
        committer.commit(event(large));
        // A write larger than the whole bound is written alone.
        committer.commit(event(large + large + large));

        assertThat(tail.head()).isEqualTo(3);
        committer.close();
        assertThat(committer.waiting().bytes()).isZero();
        assertThat(committer.waiting().refused()).isEqualTo(1);
    }

    @Test
    void an_error_in_the_writer_reaches_every_caller() throws Exception {
        doThrow(new AssertionError("native failure")).when(disk).write(any(WriteOptions.class), any(WriteBatch.class));

        assertThatThrownBy(() -> committer.commit(event("lost"))).hasMessageContaining("native failure");
        assertThatThrownBy(() -> committer.commit(event("late"))).hasMessageContaining("native failure");
    }

    @Test
    void a_reader_that_fails_when_notified_of_events_does_not_affect_others() {
        CountDownLatch heard = new CountDownLatch(2);
        tail.addListener(types -> {
            heard.countDown();
            throw new IllegalStateException("shutting down");
        });
        committer.commit(event("first"));
        committer.commit(event("second"));

        assertThat(tail.head()).isEqualTo(1);
        assertThat(told).containsExactly("first", "second");
    }

    @Test
    void a_writer_that_is_interrupted_before_it_waits_is_told_so() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> committer.commit(event("never"))).isInstanceOf(StoreException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void what_waits_at_the_moment_of_closing_is_written() throws Exception {
        holdUpTheDisk();
        CompletableFuture<Void> first = commitElsewhere(event("first"));
        assertThat(atTheDisk.await(5, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> waiting = commitElsewhere(event("waiting"));

        diskGoesOn.countDown();
        committer.close();
        first.get(5, TimeUnit.SECONDS);
        // It was in time or not; its answer is true.
        boolean written = waiting.handle((done, refusal) -> refusal == null).get(5, TimeUnit.SECONDS);
        assertThat(told).containsExactlyElementsOf(written ? List.of("first", "waiting") : List.of("first"));
        assertThatThrownBy(() -> committer.commit(event("late"))).hasMessage("The event store is closed");
    }

    @Test
    void an_identifier_is_known_as_written_from_memory_and_where_that_is_forgotten_from_the_disk() throws Exception {
        for (String text : List.of("first", "second", "third")) {
            committer.commit(event(text));
        }
        IdentifierIndex identifiers = new IdentifierIndex(disk, database.columns(), -1, 2);
        for (long position = 0; position < 3; position++) {
            identifiers.remember(new RecentEvents.Entry(position, tail.at(position)));
        }
        for (long position = 0; position < 3; position++) {
            String written = tail.at(position).getIdentifier();
            assertThat(identifiers.isWritten(written, -1)).isTrue();
        }
        assertThat(identifiers.isWritten("another", -1)).isFalse();
        assertThat(identifiers.isWritten("another", 2)).isFalse();
    }
}
