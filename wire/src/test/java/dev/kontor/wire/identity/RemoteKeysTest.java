package dev.kontor.wire.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.kontor.proto.identity.ListKeysRequest;
import dev.kontor.proto.identity.RevocationFeedGrpc;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.security.PublicKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteKeysTest {

    private final MutableClock clock = new MutableClock(TokenForge.NOW);
    private final PublishingAuthority authority = new PublishingAuthority();
    private Server server;
    private ManagedChannel channel;
    private RemoteKeys keys;

    private static final class PublishingAuthority extends RevocationFeedGrpc.RevocationFeedImplBase {
        private final Map<String, PublicKey> published = new LinkedHashMap<>();
        private boolean down;
        private int asked;

        @Override
        public void listKeys(ListKeysRequest request, StreamObserver<SigningKeys> answer) {
            asked++;
            if (down) {
                answer.onError(Status.UNAVAILABLE.asRuntimeException());
                return;
            }
            SigningKeys.Builder all = SigningKeys.newBuilder();
            published.forEach((id, key) -> all.addKeys(
                    SigningKey.newBuilder().setKid(id).setPublicKey(ByteString.copyFrom(key.getEncoded()))));
            answer.onNext(all.build());
            answer.onCompleted();
        }
    }

    @BeforeEach
    void start() throws Exception {
        String name = InProcessServerBuilder.generateName();
        server = InProcessServerBuilder.forName(name)
                .directExecutor()
                .addService(authority)
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).directExecutor().build();
        keys = RemoteKeys.ofSide(channel, clock);
        authority.published.put("key-1", TokenForge.KEYS.getPublic());
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void a_key_is_fetched_once_a_minute() {
        assertThat(keys.byId("key-1")).contains(TokenForge.publicKey());
        clock.advance(Duration.ofSeconds(60).minusNanos(1));
        assertThat(keys.byId("key-1")).contains(TokenForge.publicKey());
        assertThat(authority.asked).isEqualTo(1);

        clock.advance(Duration.ofNanos(1));

        assertThat(keys.byId("key-1")).contains(TokenForge.publicKey());
        assertThat(authority.asked).isEqualTo(2);
    }

    @Test
    void nobody_is_asked_for_a_key_where_only_what_is_known_is_wanted() {
        assertThat(keys.ifKnown("key-1")).isEmpty();
        assertThat(authority.asked).isZero();

        keys.byId("key-1");

        assertThat(keys.ifKnown("key-1")).contains(TokenForge.publicKey());
    }

    @Test
    void unknown_ids_are_asked_for_once_a_second() {
        for (int i = 0; i < 100; i++) {
            assertThat(keys.byId("forged-" + i)).isEmpty();
        }
        clock.advance(Duration.ofMillis(999));
        assertThat(keys.byId("forged")).isEmpty();
        assertThat(authority.asked).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));

        assertThat(keys.byId("forged")).isEmpty();
        assertThat(authority.asked).isEqualTo(2);
    }

    @Test
    void a_new_key_is_found_and_a_withdrawn_one_forgotten() {
        keys.byId("key-1");
        authority.published.clear();
        authority.published.put("key-2", TokenForge.STRANGERS_KEYS.getPublic());
        clock.advance(Duration.ofSeconds(1));

        assertThat(keys.byId("key-2")).isPresent();
        assertThat(keys.byId("key-1")).isEmpty();
    }

    @Test
    void an_authority_that_is_down_is_no_forged_token() {
        authority.down = true;

        assertThatThrownBy(() -> keys.byId("key-1")).isInstanceOf(StatusRuntimeException.class);
    }

    @Test
    void an_authority_that_is_down_is_asked_once_a_second() {
        authority.down = true;
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> keys.byId("key-1")).isInstanceOf(StatusRuntimeException.class);
        }
        assertThat(authority.asked).isEqualTo(1);

        authority.down = false;
        clock.advance(Duration.ofSeconds(1));

        assertThat(keys.byId("key-1")).isPresent();
    }

    @Test
    void a_withdrawn_key_is_forgotten_within_a_minute_even_if_nobody_says_so() {
        keys.byId("key-1");
        authority.published.clear();
        clock.advance(Duration.ofSeconds(60));

        assertThat(keys.byId("key-1")).isEmpty();
    }

    @Test
    void a_withdrawn_key_is_forgotten_at_once_where_somebody_says_so() {
        keys.byId("key-1");
        authority.published.clear();

        assertThat(keys.refetch()).isTrue();

        assertThat(keys.byId("key-1")).isEmpty();
    }

    @Test
    void a_change_that_could_not_be_fetched_is_fetched_with_the_next_use() {
        keys.byId("key-1");
        authority.published.clear();
        authority.down = true;
        assertThat(keys.refetch()).isFalse();
        assertThat(keys.byId("key-1")).isPresent();

        authority.down = false;
        clock.advance(Duration.ofSeconds(1));

        assertThat(keys.byId("key-1")).isEmpty();
    }

    @Test
    void known_keys_outlive_an_authority_that_is_down_as_long_as_a_token_lives() {
        keys.byId("key-1");
        authority.down = true;
        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> keys.byId("forged")).isInstanceOf(StatusRuntimeException.class);
        assertThat(keys.byId("key-1")).isPresent();
        clock.advance(TokenVerifier.LIFETIME.minusSeconds(1).minusNanos(1));
        assertThat(keys.byId("key-1")).isPresent();

        clock.advance(Duration.ofNanos(1));

        assertThatThrownBy(() -> keys.byId("key-1")).isInstanceOf(StatusRuntimeException.class);
        authority.down = false;
        clock.advance(Duration.ofSeconds(1));
        assertThat(keys.byId("key-1")).isPresent();
    }

    /** The lead of a key is the time that the flood itself has to bring it in. */
    @Test
    void a_flood_of_forged_ids_keeps_no_true_key_out() {
        for (int i = 0; i < 100; i++) {
            assertThat(keys.byId("forged-" + i)).isEmpty();
            clock.advance(Duration.ofMillis(30));
        }
        authority.published.put("key-2", TokenForge.STRANGERS_KEYS.getPublic());
        int before = authority.asked;
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofMillis(30));
            assertThat(keys.byId("more-" + i)).isEmpty();
        }
        int asked = authority.asked;

        assertThat(keys.byId("key-2")).isPresent();
        assertThat(authority.asked).as("asked for the true key").isEqualTo(asked);
        assertThat(asked - before).as("asked in 3 s").isLessThanOrEqualTo(3);
    }

    @Test
    void a_flood_of_forged_ids_does_not_hold_up_a_key_that_somebody_tells_of() {
        keys.byId("forged");
        authority.published.put("key-2", TokenForge.STRANGERS_KEYS.getPublic());
        assertThat(keys.byId("key-2")).as("within a second of a forged one").isEmpty();

        keys.refetch();

        assertThat(keys.byId("key-2")).isPresent();
    }

    @Test
    void a_caller_who_gave_up_says_nothing_about_the_authority() {
        CancellableContext givenUp = Context.ROOT.withCancellation();
        givenUp.cancel(null);
        assertThatThrownBy(() -> givenUp.call(() -> keys.byId("key-1"))).isInstanceOf(StatusRuntimeException.class);

        assertThat(keys.byId("key-1")).isPresent();
    }
}
