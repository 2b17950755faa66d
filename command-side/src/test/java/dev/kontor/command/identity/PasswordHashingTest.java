package dev.kontor.command.identity;

import static dev.kontor.command.identity.ServedAccounts.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.grpc.platform.Problem;
import io.grpc.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

@Timeout(60)
class PasswordHashingTest {

    private static final int WAITING = 4;

    private final CountingEncoder encoder = new CountingEncoder();
    private final PasswordHashing hashing = new PasswordHashing(encoder, encoder.encode("none"), 1, WAITING);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);
    private Future<?> occupier;

    @AfterEach
    void close() {
        free.countDown();
        hashing.close();
        callers.close();
        deadlines.close();
    }

    /** Keeps the only thread busy until {@link #free}. */
    private void occupy() throws InterruptedException {
        occupier = callers.submit(() -> hashing.inTurn(() -> {
            busy.countDown();
            try {
                free.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        }));
        busy.await();
        encoder.costs();
    }

    private void awaitWaiting(int count) {
        while (hashing.waiting() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_password_matches_its_hash_and_no_other() {
        String hash = hashing.hash("right");

        assertThat(hashing.matches("right", hash)).isTrue();
        assertThat(hashing.matches("wrong", hash)).isFalse();
    }

    @Test
    void an_unknown_account_costs_as_much_as_a_wrong_password() {
        String hash = hashing.hash("right");
        encoder.costs();

        hashing.matches("wrong", hash);
        int wrong = encoder.costs();
        hashing.matchesUnknownAccount("wrong");

        assertThat(encoder.costs()).isEqualTo(wrong).isEqualTo(1);
    }

    @Test
    void the_hash_for_unknown_accounts_has_the_parameters_and_lengths_of_a_new_one() {
        try (PasswordHashing real = new PasswordHashing()) {
            String lengths = "\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}";
            assertThat(real.hash("any")).matches(lengths);
            assertThat(PasswordHashing.UNKNOWN_ACCOUNT).matches(lengths);
            assertThat(real.isOutdated(PasswordHashing.UNKNOWN_ACCOUNT)).isFalse();
        }
    }

    @Test
    void work_beyond_the_queue_is_refused_at_once() throws Exception {
        occupy();
        List<Future<?>> waiting = new ArrayList<>();
        for (int i = 0; i < WAITING; i++) {
            waiting.add(callers.submit(() -> hashing.matchesUnknownAccount("any")));
        }
        awaitWaiting(WAITING);

        refused(Problem.OVERLOADED, () -> hashing.matchesUnknownAccount("one too many"));

        free.countDown();
        for (Future<?> one : waiting) {
            one.get();
        }
        assertThat(encoder.costs()).isEqualTo(WAITING);
    }

    @Test
    void cancelled_work_costs_nothing() throws Exception {
        occupy();
        Context.CancellableContext call = Context.ROOT.withCancellation();
        Future<?> given = callers.submit(call.wrap(() -> hashing.matchesUnknownAccount("any")));
        awaitWaiting(1);

        call.cancel(null);
        free.countDown();

        assertThatThrownBy(given::get).hasMessageContaining("cancelled");
        assertThat(encoder.costs()).isZero();
    }

    @Test
    void a_call_past_its_deadline_costs_nothing() throws Exception {
        Context.CancellableContext call = Context.ROOT.withDeadlineAfter(-1, TimeUnit.SECONDS, deadlines);
        encoder.costs();

        call.run(() -> refused(Problem.DEADLINE_EXCEEDED, () -> hashing.matchesUnknownAccount("any")));

        assertThat(encoder.costs()).isZero();
    }

    @Test
    void an_exception_of_the_work_reaches_its_caller() {
        assertThatThrownBy(() -> hashing.inTurn(() -> {
                    throw new IllegalArgumentException("broken");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("broken");
    }

    @Test
    void work_for_later_outlives_the_call_and_may_fail() {
        AtomicBoolean done = new AtomicBoolean();
        Context.CancellableContext call = Context.ROOT.withCancellation();
        call.run(() -> {
            hashing.later(() -> {
                throw new IllegalStateException("broken");
            });
            hashing.later(() -> done.set(true));
        });
        call.cancel(null);

        hashing.matchesUnknownAccount("any");

        assertThat(done).isTrue();
    }

    @Test
    void deferred_work_is_dropped_while_sign_ins_wait() throws Exception {
        occupy();
        AtomicBoolean done = new AtomicBoolean();
        for (int i = 0; i < WAITING; i++) {
            hashing.later(() -> {});
        }

        hashing.later(() -> done.set(true));
        free.countDown();
        occupier.get();

        assertThat(done).isFalse();
    }

    @Test
    void the_hash_is_memory_hard_and_detects_weaker_parameters() {
        try (PasswordHashing real = new PasswordHashing()) {
            assertThat(real.hash("any")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
            assertThat(real.isOutdated(new Argon2PasswordEncoder(16, 32, 1, 9_728, 2).encode("any")))
                    .isTrue();
            assertThat(real.isOutdated(real.hash("any"))).isFalse();
        }
    }
}
