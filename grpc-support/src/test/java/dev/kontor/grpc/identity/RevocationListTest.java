package dev.kontor.grpc.identity;

import static dev.kontor.grpc.identity.Revocable.all;
import static dev.kontor.grpc.identity.Revocable.caller;
import static dev.kontor.grpc.identity.Revocable.key;
import static dev.kontor.grpc.identity.Revocable.ofSession;
import static dev.kontor.grpc.identity.Revocable.session;
import static dev.kontor.grpc.identity.Revocable.tokensBelow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.proto.identity.Revocation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RevocationListTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final ManualTicker ticker = new ManualTicker();
    private final RevocationList list = new RevocationList(ticker);

    @Test
    void a_revoked_session_is_revoked_and_another_is_not() {
        list.add(session("session-1"));

        assertThat(list.revokes(ofSession("session-1"))).isTrue();
        assertThat(list.revokes(ofSession("session-2"))).isFalse();
    }

    @Test
    void tokens_of_a_lower_version_are_revoked_for_that_customer_only() {
        list.add(tokensBelow(3, "customer-1"));

        assertThat(list.revokes(caller("customer-1", "s", 2))).isTrue();
        assertThat(list.revokes(caller("customer-1", "s", 3))).isFalse();
        assertThat(list.revokes(caller("customer-2", "s", 2))).isFalse();
    }

    @Test
    void a_later_lower_version_changes_nothing() {
        list.add(tokensBelow(5, "customer-1"));
        list.add(tokensBelow(3, "customer-1"));

        assertThat(list.revokes(caller("customer-1", "s", 4))).isTrue();
    }

    @Test
    void no_version_of_an_erased_account_is_valid() {
        list.add(tokensBelow(Long.MAX_VALUE, "customer-1"));

        assertThat(list.revokes(caller("customer-1", "s", Long.MAX_VALUE - 1))).isTrue();
    }

    @Test
    void a_revocation_expires_after_all_its_tokens_and_not_before() {
        list.add(session("session-1"));
        list.add(tokensBelow(3, "customer-1"));

        ticker.advance(Duration.ofMinutes(17).minusMillis(1));
        assertThat(list.revokes(ofSession("session-1"))).isTrue();
        assertThat(list.revokes(caller("customer-1", "s", 2))).isTrue();

        ticker.advance(Duration.ofMillis(2));
        assertThat(list.revokes(ofSession("session-1"))).isFalse();
        assertThat(list.revokes(caller("customer-1", "s", 2))).isFalse();
    }

    @Test
    void no_revocation_is_evicted_for_its_size() {
        for (int i = 0; i < 200_000; i++) {
            list.add(session("session-" + i));
        }

        assertThat(list.revokes(ofSession("session-0"))).isTrue();
        assertThat(list.revokes(ofSession("session-199999"))).isTrue();
    }

    @Test
    void a_wait_ends_once_all_revocations_are_known() throws Exception {
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(
                () -> list.await(all(session("session-1"), tokensBelow(2, "customer-1"), key("key-1")), LONG));

        list.add(session("session-1"));
        list.add(tokensBelow(7, "customer-1"));
        assertThat(list.await(all(session("session-1"), key("key-1")), Duration.ZERO))
                .isFalse();
        assertThat(waiting).isNotDone();
        list.add(key("key-1"));

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_wait_for_a_version_does_not_end_with_a_lower_one() {
        list.add(tokensBelow(2, "customer-1"));

        assertThat(list.await(all(tokensBelow(3, "customer-1")), Duration.ofMillis(1)))
                .isFalse();
    }

    @Test
    void a_wait_for_no_revocations_ends_at_once() {
        assertThat(list.await(all(), Duration.ZERO)).isTrue();
        assertThat(list.await(all(Revocation.getDefaultInstance()), Duration.ZERO))
                .isTrue();
    }

    @Test
    void an_interrupted_wait_keeps_the_interrupt_and_answers() {
        Thread.currentThread().interrupt();

        assertThat(list.await(all(session("session-1")), LONG)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
