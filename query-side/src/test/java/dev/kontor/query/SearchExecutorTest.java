package dev.kontor.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SearchExecutorTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private SearchExecutor searches = searches(LONG);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private static SearchExecutor searches(Duration time) {
        return new SearchExecutor(new SearchSettings(1, 1, time, "english", null));
    }

    @AfterEach
    void close() {
        searches.close();
    }

    /** Scans documents until it is stopped. */
    private Void endless(SearchDeadline time) {
        begun.countDown();
        try {
            while (true) {
                time.check();
                Thread.onSpinWait();
            }
        } finally {
            ended.countDown();
        }
    }

    private static CompletableFuture<Void> apart(Runnable work) {
        return CompletableFuture.runAsync(work, Thread::startVirtualThread);
    }

    private String found() {
        return searches.run(time -> "found");
    }

    private static void refusedAsBusy(Runnable search) {
        assertThat(catchThrowableOfType(RefusedException.class, search::run))
                .extracting(RefusedException::problem)
                .isEqualTo(Problem.OVERLOADED);
    }

    @Test
    void what_is_found_is_answered() {
        assertThat(found()).isEqualTo("found");
        RefusedException invalid = catchThrowableOfType(
                RefusedException.class,
                () -> searches.run(time -> {
                    throw RefusedException.invalid("pageToken", "is none");
                }));
        assertThat(invalid.problem()).isEqualTo(Problem.INVALID_REQUEST);
    }

    @Test
    void a_search_that_takes_too_long_is_refused_and_ends_as_work() throws InterruptedException {
        searches.close();
        searches = searches(Duration.ofMillis(50));

        // On a slow machine its time may be over before it begins.
        do {
            refusedAsBusy(() -> searches.run(this::endless));
        } while (begun.getCount() > 0);

        ended.await();
        await().ignoreExceptionsInstanceOf(RefusedException.class).until(() -> found().equals("found"));
    }

    @Test
    void a_search_whose_caller_is_gone_ends() throws InterruptedException {
        Context.CancellableContext call = Context.current().withCancellation();
        CompletableFuture<Void> refused = apart(() -> call.run(() -> refusedAsBusy(() -> searches.run(this::endless))));
        begun.await();

        call.cancel(null);

        ended.await();
        refused.join();
    }

    @Test
    void more_than_may_wait_are_refused_at_once_and_begin_nothing() throws InterruptedException {
        Context.CancellableContext first = Context.current().withCancellation();
        apart(() -> first.run(() -> searches.run(this::endless)));
        begun.await();
        AtomicBoolean second = new AtomicBoolean();
        CompletableFuture<Void> waiting = apart(() -> searches.run(time -> {
            second.set(true);
            return null;
        }));
        await().until(() -> searches.waiting() == 1);
        AtomicInteger others = new AtomicInteger();

        for (int i = 0; i < 30; i++) {
            refusedAsBusy(() -> searches.run(time -> others.incrementAndGet()));
        }

        assertThat(second).isFalse();
        first.cancel(null);
        waiting.join();
        assertThat(second).isTrue();
        assertThat(others).hasValue(0);
    }

    @Test
    void one_that_goes_while_it_waits_makes_room_and_begins_nothing() throws InterruptedException {
        Context.CancellableContext first = Context.current().withCancellation();
        apart(() -> first.run(() -> searches.run(this::endless)));
        begun.await();
        AtomicBoolean second = new AtomicBoolean();
        Context.CancellableContext gone = Context.current().withCancellation();
        CompletableFuture<Void> waiting = apart(() -> gone.run(() -> refusedAsBusy(() -> searches.run(time -> {
            second.set(true);
            return null;
        }))));
        await().until(() -> searches.waiting() == 1);

        gone.cancel(null);

        waiting.join();
        assertThat(searches.waiting()).isZero();
        first.cancel(null);
        assertThat(found()).isEqualTo("found");
        assertThat(second).isFalse();
    }
}
