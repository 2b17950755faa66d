package dev.kontor.grpc.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.proto.identity.SigningKeys;
import io.grpc.Context;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which keys count, and how long a request waits to know. */
class RemoteKeysTest extends KeyFetching {

    @Test
    void the_first_request_waits_for_the_first_fetch() throws Exception {
        CompletableFuture<Optional<RSAPublicKey>> asked = ask("key-1");

        assertThat(fetch()).isZero();

        assertThat(answerOf(asked)).contains(TokenForge.publicKey());
        assertThat(query.asked).as("the other side is not asked as well").isZero();
    }

    @Test
    void a_new_key_is_found_by_the_request_that_meets_it_also_just_after_another_fetch() throws Exception {
        theFirstAreFetched();
        command.listed.put("key-2", TokenForge.STRANGERS_KEYS.getPublic());
        ticker.advance(Duration.ofMillis(300).minus(MOMENT));

        CompletableFuture<Optional<RSAPublicKey>> asked = ask("key-2");

        assertThat(fetch()).isEqualTo(Duration.ofMillis(700));
        assertThat(answerOf(asked)).isPresent();
    }

    @Test
    void a_key_that_a_fetch_does_not_bring_which_began_after_it_was_asked_for_is_none() throws Exception {
        theFirstAreFetched();
        ticker.advance(Duration.ofSeconds(1));

        CompletableFuture<Optional<RSAPublicKey>> asked = ask("made-up");
        fetch();

        assertThat(answerOf(asked)).isEmpty();
    }

    @Test
    void a_fetch_that_had_begun_before_does_not_count_where_it_lacks_the_key() throws Exception {
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
    void made_up_ids_of_a_crowd_cost_one_fetch_a_second_and_do_not_hold_up_known_keys() throws Exception {
        theFirstAreFetched();
        int before = command.asked;
        List<CompletableFuture<Optional<RSAPublicKey>>> crowd = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            crowd.add(ask("made-up-" + i));
        }

        assertThat(keys.byId("key-1")).as("while they wait").isPresent();

        assertThat(fetch()).isEqualTo(RateLimitedFetch.BETWEEN.minus(MOMENT));
        for (CompletableFuture<Optional<RSAPublicKey>> asked : crowd) {
            assertThat(answerOf(asked)).isEmpty();
        }
        assertThat(command.asked - before).isEqualTo(1);
        assertThat(fetches.due).isEmpty();
    }

    @Test
    void more_requests_than_there_are_places_to_wait_are_to_be_sent_again_and_known_keys_go_on() throws Exception {
        theFirstAreFetched();
        List<CompletableFuture<Optional<RSAPublicKey>>> crowd = new ArrayList<>();
        for (int i = 0; i <= RateLimitedFetch.MOST_WAITING; i++) {
            crowd.add(ask("made-up-" + i));
        }

        await().atMost(LONG).until(() -> crowd.stream().anyMatch(CompletableFuture::isCompletedExceptionally));

        assertThat(crowd.stream().filter(CompletableFuture::isDone)).hasSize(1);
        assertThat(keys.byId("key-1")).isPresent();
    }

    @Test
    void while_no_side_answers_an_unknown_key_is_no_forged_one() throws Exception {
        theFirstAreFetched();
        command.away = true;
        query.away = true;
        ticker.advance(Duration.ofSeconds(1));

        CompletableFuture<Void> asked = CompletableFuture.runAsync(() -> isUnavailable(() -> keys.byId("key-2")));
        fetch();

        answerOf(asked);
        assertThat(keys.byId("key-1")).as("known ones go on to count").isPresent();
    }

    @Test
    void a_request_waits_no_longer_than_its_deadline() {
        Context.CancellableContext impatient = Context.current().withDeadlineAfter(1, TimeUnit.MILLISECONDS, others);

        impatient.run(() -> isUnavailable(() -> keys.byId("key-1")));

        impatient.close();
    }
}
