package dev.kontor.wire.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.kontor.proto.identity.ListKeysRequest;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.proto.identity.TokenVerificationGrpc.TokenVerificationImplBase;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteKeysTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    /** Between the begin of a fetch and what comes after it. */
    private static final Duration MOMENT = Duration.ofNanos(1);

    private final ManualTicker ticker = new ManualTicker();
    private final Listing command = new Listing();
    private final Listing query = new Listing();
    private final Fetches fetches = new Fetches();
    private final RemoteKeys keys = new RemoteKeys(List.of(command, query), LONG, ticker, fetches);
    private final ScheduledExecutorService others = Executors.newScheduledThreadPool(2);

    /** The list of one side. */
    private static final class Listing implements Supplier<SigningKeys> {
        private final Map<String, PublicKey> listed = new LinkedHashMap<>(Map.of("key-1", TokenForge.KEYS.getPublic()));
        private volatile boolean away;
        private volatile int asked;

        @Override
        public SigningKeys get() {
            asked++;
            if (away) {
                throw Status.UNAVAILABLE.asRuntimeException();
            }
            SigningKeys.Builder all = SigningKeys.newBuilder();
            listed.forEach((id, key) -> all.addKeys(
                    SigningKey.newBuilder().setKid(id).setPublicKey(ByteString.copyFrom(key.getEncoded()))));
            return all.build();
        }
    }

    /** Fetches that are due, each with the pause that it has to wait for; they begin when a test says so. */
    private static final class Fetches implements RemoteKeys.Later {

        private record Due(Runnable work, Duration pause) {}

        private final BlockingQueue<Due> due = new LinkedBlockingQueue<>();

        @Override
        public void run(Runnable work, Duration pause) {
            due.add(new Due(work, pause));
        }

        @Override
        public void close() {
            due.clear();
        }
    }

    @AfterEach
    void stop() {
        others.shutdownNow();
    }

    /** Waits until a fetch is due, lets its pause pass, and runs it. Answers the pause. */
    private Duration fetch() throws InterruptedException {
        Fetches.Due next = fetches.due.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).as("the fetch that is due").isNotNull();
        ticker.advance(next.pause());
        next.work().run();
        return next.pause();
    }

    private CompletableFuture<Optional<RSAPublicKey>> ask(String keyId) {
        return CompletableFuture.supplyAsync(() -> keys.byId(keyId), Thread::startVirtualThread);
    }

    private void theFirstAreFetched() throws InterruptedException {
        keys.start();
        fetch();
        assertThat(keys.areKnown()).isTrue();
        ticker.advance(MOMENT);
    }

    private static void isUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.problem()).isEqualTo(Problem.UNAVAILABLE));
    }

    private static <T> T answerOf(CompletableFuture<T> asked) throws Exception {
        return asked.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void the_first_request_waits_for_the_first_fetch() throws Exception {
        CompletableFuture<Optional<RSAPublicKey>> asked = ask("key-1");

        assertThat(fetch()).isZero();

        assertThat(answerOf(asked)).contains(TokenForge.publicKey());
        assertThat(query.asked).as("the other side is not asked as well").isZero();
    }

    @Test
    void the_first_keys_are_fetched_again_and_again_until_a_side_answers() throws Exception {
        command.away = true;
        query.away = true;
        keys.start();
        fetch();
        assertThat(keys.areKnown()).isFalse();
        assertThat(fetch()).isEqualTo(RemoteKeys.BETWEEN_FETCHES);

        query.away = false;
        fetch();

        assertThat(keys.areKnown()).isTrue();
        assertThat(fetches.due).isEmpty();
    }

    @Test
    void the_other_side_is_asked_where_the_first_is_away() throws Exception {
        command.away = true;

        theFirstAreFetched();

        assertThat(keys.byId("key-1")).contains(TokenForge.publicKey());
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

        assertThat(fetch()).isEqualTo(RemoteKeys.BETWEEN_FETCHES.minus(MOMENT));
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
        for (int i = 0; i <= RemoteKeys.MOST_WAITING; i++) {
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

    @Test
    void old_keys_are_fetched_anew_while_the_request_goes_on_and_a_withdrawn_one_leaves() throws Exception {
        theFirstAreFetched();
        command.listed.clear();
        command.listed.put("key-2", TokenForge.STRANGERS_KEYS.getPublic());
        ticker.advance(RemoteKeys.OLD_AFTER.minus(MOMENT));
        assertThat(keys.byId("key-1")).isPresent();
        assertThat(fetches.due).isEmpty();

        ticker.advance(MOMENT);
        for (int i = 0; i < 10; i++) {
            assertThat(keys.byId("key-1")).as("no request waits for it").isPresent();
        }
        assertThat(fetches.due).hasSize(1);
        fetch();
        ticker.advance(MOMENT);

        assertThat(keys.byId("key-2")).isPresent();
        CompletableFuture<Optional<RSAPublicKey>> withdrawn = ask("key-1");
        fetch();
        assertThat(answerOf(withdrawn)).isEmpty();
    }

    @Test
    void what_is_published_is_a_second_old_at_most() throws Exception {
        theFirstAreFetched();
        command.listed.put("key-2", TokenForge.STRANGERS_KEYS.getPublic());
        ticker.advance(RemoteKeys.BETWEEN_FETCHES.minus(MOMENT));
        assertThat(keys.published().getKeysCount()).isEqualTo(1);

        ticker.advance(MOMENT);
        CompletableFuture<SigningKeys> asked = CompletableFuture.supplyAsync(keys::published, others);
        assertThat(fetch()).isZero();

        assertThat(answerOf(asked).getKeysCount()).isEqualTo(2);
    }

    @Test
    void while_no_side_answers_what_is_published_is_a_minute_old_at_most() throws Exception {
        theFirstAreFetched();
        command.away = true;
        query.away = true;
        ticker.advance(RemoteKeys.PUBLISHED_FOR.minus(MOMENT));
        CompletableFuture<SigningKeys> asked = CompletableFuture.supplyAsync(keys::published, others);
        fetch();
        assertThat(answerOf(asked).getKeysCount()).isEqualTo(1);

        ticker.advance(MOMENT);

        isUnavailable(keys::published);
    }

    @Test
    void who_knows_of_a_change_waits_until_it_is_fetched() throws Exception {
        theFirstAreFetched();
        command.listed.clear();

        CompletableFuture<Void> refetched = CompletableFuture.runAsync(keys::refetch, others);
        fetch();
        answerOf(refetched);

        assertThat(keys.published().getKeysCount()).isZero();
    }

    @Test
    void a_change_that_cannot_be_fetched_is_no_failure_of_who_made_it() throws Exception {
        theFirstAreFetched();
        command.away = true;
        query.away = true;

        CompletableFuture<Void> refetched = CompletableFuture.runAsync(keys::refetch, others);
        fetch();

        answerOf(refetched);
        assertThat(keys.byId("key-1")).isPresent();
    }

    @Test
    void a_key_that_cannot_be_read_makes_the_list_of_that_side_useless_and_the_other_is_asked() throws Exception {
        RemoteKeys careful = new RemoteKeys(
                List.of(
                        () -> SigningKeys.newBuilder()
                                .addKeys(SigningKey.newBuilder().setKid("key-1"))
                                .build(),
                        query),
                LONG,
                ticker,
                fetches);
        careful.start();
        fetch();

        assertThat(careful.byId("key-1")).contains(TokenForge.publicKey());
    }

    @Test
    void over_a_channel_and_on_a_thread_of_its_own() throws Exception {
        String name = InProcessServerBuilder.generateName();
        Server server = InProcessServerBuilder.forName(name)
                .addService(new TokenVerificationImplBase() {
                    @Override
                    public void listKeys(ListKeysRequest request, StreamObserver<SigningKeys> answer) {
                        answer.onNext(command.get());
                        answer.onCompleted();
                    }
                })
                .build()
                .start();
        ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
        try (RemoteKeys remote = RemoteKeys.ofSides(List.of(channel), LONG)) {
            assertThat(remote.byId("key-1")).contains(TokenForge.publicKey());
            assertThat(remote.byId("made-up")).isEmpty();
            assertThat(remote.published().getKeysCount()).isEqualTo(1);
        } finally {
            channel.shutdownNow();
            server.shutdownNow();
        }
    }
}
