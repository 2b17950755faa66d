package dev.kontor.grpc.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.testsupport.TokenForge;
import io.grpc.Context;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which keys are valid, and how long a request waits for an unknown one. */
class RemoteKeysTest extends KeyFetching {

    @Test
    void the_first_request_waits_for_the_first_fetch() throws Exception {
        CompletableFuture<Optional<RSAPublicKey>> asked = ask("key-1");

        assertThat(fetch()).isZero();

        assertThat(answerOf(asked)).contains(TokenForge.publicKey());
        assertThat(query.asked).as("the other side is not asked as well").isZero();
    }

    @Test
    void a_new_key_is_found_by_its_first_request_also_right_after_another_fetch() throws Exception {
        theFirstAreFetched();
        command.listed.put("key-2", TokenForge.STRANGERS_KEYS.getPublic());
        ticker.advance(Duration.ofMillis(300).minus(MOMENT));

        CompletableFuture<Optional<RSAPublicKey>> asked = ask("key-2");

        assertThat(fetch()).isEqualTo(Duration.ofMillis(700));
        assertThat(answerOf(asked)).isPresent();
    }

    @Test
    void a_key_is_unknown_if_a_fetch_that_began_after_the_request_lacks_it() throws Exception {
        theFirstAreFetched();
        ticker.advance(Duration.ofSeconds(1));

        CompletableFuture<Optional<RSAPublicKey>> asked = ask("made-up");
        fetch();

        assertThat(answerOf(asked)).isEmpty();
    }

    @Test
    void a_fetch_that_began_before_the_request_does_not_make_a_key_unknown() throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> answers = new CompletableFuture<>();
        List<SigningKeys> before = new ArrayList<>();
        RemoteKeys slow = new RemoteKeys(
                List.of(() -> {
                    SigningKeys listed = command.get();
                    begun.complete(null);
                    answers.join();
                    before.add(listed);
                    return listed;
                }),
                LONG,
                ticker,
                fetches);
        slow.start();
        CompletableFuture<Void> first =
                CompletableFuture.runAsync(fetches.due.take().work()::run, others);
        begun.join();
        ticker.advance(Duration.ofNanos(1));
        command.listed.put("key-2", TokenForge.STRANGERS_KEYS.getPublic());

        CompletableFuture<Optional<RSAPublicKey>> asked =
                CompletableFuture.supplyAsync(() -> slow.byId("key-2"), Thread::startVirtualThread);
        answers.complete(null);
        answerOf(first);
        fetch();

        assertThat(answerOf(asked)).isPresent();
        assertThat(before).hasSize(2);
    }

    @Test
    void many_invented_ids_cost_one_fetch_a_second_and_do_not_delay_known_keys() throws Exception {
        theFirstAreFetched();
        int before = command.asked;
        List<CompletableFuture<Optional<RSAPublicKey>>> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(ask("made-up-" + i));
        }

        assertThat(keys.byId("key-1")).as("while they wait").isPresent();

        assertThat(fetch()).isEqualTo(RateLimitedFetch.BETWEEN.minus(MOMENT));
        for (CompletableFuture<Optional<RSAPublicKey>> asked : many) {
            assertThat(answerOf(asked)).isEmpty();
        }
        assertThat(command.asked - before).isEqualTo(1);
        assertThat(fetches.due).isEmpty();
    }

    @Test
    void too_many_waiting_requests_are_answered_as_unavailable_and_known_keys_work() throws Exception {
        theFirstAreFetched();
        List<CompletableFuture<Optional<RSAPublicKey>>> many = new ArrayList<>();
        for (int i = 0; i <= RateLimitedFetch.MOST_WAITING; i++) {
            many.add(ask("made-up-" + i));
        }

        await().atMost(LONG).until(() -> many.stream().anyMatch(CompletableFuture::isCompletedExceptionally));

        assertThat(many.stream().filter(CompletableFuture::isDone)).hasSize(1);
        assertThat(keys.byId("key-1")).isPresent();
    }

    @Test
    void while_no_side_answers_an_unknown_key_is_answered_as_unavailable() throws Exception {
        theFirstAreFetched();
        command.away = true;
        query.away = true;
        ticker.advance(Duration.ofSeconds(1));

        CompletableFuture<Void> asked = CompletableFuture.runAsync(() -> isUnavailable(() -> keys.byId("key-2")));
        fetch();

        answerOf(asked);
        assertThat(keys.byId("key-1")).as("known keys stay valid").isPresent();
    }

    @Test
    void a_request_waits_no_longer_than_its_deadline() {
        Context.CancellableContext impatient = Context.current().withDeadlineAfter(1, TimeUnit.MILLISECONDS, others);

        impatient.run(() -> isUnavailable(() -> keys.byId("key-1")));

        impatient.close();
    }
}
