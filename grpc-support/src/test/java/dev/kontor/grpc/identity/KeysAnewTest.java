package dev.kontor.grpc.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.proto.identity.ListKeysRequest;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.proto.identity.TokenVerificationGrpc.TokenVerificationImplBase;
import dev.kontor.testsupport.TokenForge;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which side is asked for keys, and when they are fetched again. */
class KeysAnewTest extends KeyFetching {

    @Test
    void the_first_fetch_is_repeated_until_a_side_answers() throws Exception {
        command.away = true;
        query.away = true;
        keys.start();
        fetch();
        assertThat(keys.areKnown()).isFalse();
        assertThat(fetch()).isEqualTo(RateLimitedFetch.BETWEEN);

        query.away = false;
        fetch();

        assertThat(keys.areKnown()).isTrue();
        assertThat(fetches.due).isEmpty();
    }

    @Test
    void the_other_side_is_asked_if_the_first_is_unreachable() throws Exception {
        command.away = true;

        theFirstAreFetched();

        assertThat(keys.byId("key-1")).contains(TokenForge.publicKey());
    }

    @Test
    void old_keys_are_fetched_in_the_background_and_a_withdrawn_one_is_removed() throws Exception {
        theFirstAreFetched();
        command.listed.clear();
        command.listed.put("key-2", TokenForge.STRANGERS_KEYS.getPublic());
        ticker.advance(RemoteKeys.OLD_AFTER.minus(MOMENT));
        assertThat(keys.byId("key-1")).isPresent();
        assertThat(fetches.due).isEmpty();

        ticker.advance(MOMENT);
        for (int i = 0; i < 10; i++) {
            assertThat(keys.byId("key-1")).as("no request waits for the fetch").isPresent();
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
    void published_keys_are_at_most_a_second_old() throws Exception {
        theFirstAreFetched();
        command.listed.put("key-2", TokenForge.STRANGERS_KEYS.getPublic());
        ticker.advance(RateLimitedFetch.BETWEEN.minus(MOMENT));
        assertThat(keys.published().getKeysCount()).isEqualTo(1);

        ticker.advance(MOMENT);
        CompletableFuture<SigningKeys> asked = CompletableFuture.supplyAsync(keys::published, others);
        assertThat(fetch()).isZero();

        assertThat(answerOf(asked).getKeysCount()).isEqualTo(2);
    }

    @Test
    void while_no_side_answers_published_keys_are_at_most_a_minute_old() throws Exception {
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
    void an_unreadable_key_makes_the_fetch_ask_the_other_side() throws Exception {
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
    void keys_are_fetched_over_a_channel_on_a_separate_thread() throws Exception {
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
