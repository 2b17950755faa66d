package dev.kontor.wire.identity;

import static dev.kontor.wire.identity.Revocable.all;
import static dev.kontor.wire.identity.Revocable.batch;
import static dev.kontor.wire.identity.Revocable.key;
import static dev.kontor.wire.identity.Revocable.keysChanged;
import static dev.kontor.wire.identity.Revocable.ofSession;
import static dev.kontor.wire.identity.Revocable.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.kontor.proto.identity.RevocationBatch;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.wire.operations.CallInterceptor;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two sides that read one log, each at its own pace. */
class FollowedSidesTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final ManualTicker ticker = new ManualTicker();
    private final MutableClock clock = new MutableClock(TokenForge.NOW);
    private ReadingSide first;
    private ReadingSide second;
    private FollowedSides followed;

    private final class ReadingSide {
        private final String name = InProcessServerBuilder.generateName();
        private final Set<String> keys = new TreeSet<>(Set.of("key-1"));
        private final RevocationFeed feed = new RevocationFeed(this::published, ticker);
        private final ManagedChannel channel =
                InProcessChannelBuilder.forName(name).directExecutor().build();
        private Server server;

        ReadingSide() throws IOException {
            start();
        }

        private void start() throws IOException {
            server = InProcessServerBuilder.forName(name)
                    .directExecutor()
                    .intercept(new CallInterceptor(failure -> null))
                    .addService(feed)
                    .build()
                    .start();
        }

        private SigningKeys published() {
            SigningKeys.Builder published = SigningKeys.newBuilder();
            keys.forEach(id -> published.addKeys(SigningKey.newBuilder()
                    .setKid(id)
                    .setPublicKey(
                            ByteString.copyFrom(TokenForge.KEYS.getPublic().getEncoded()))));
            return published.build();
        }

        /** Has read all of the log. */
        private void beats() {
            feed.knows(ticker.read());
        }

        private void dies() {
            server.shutdownNow();
        }

        private void end() {
            channel.shutdownNow();
            server.shutdownNow();
        }
    }

    @BeforeEach
    void two_sides_are_followed() throws IOException {
        first = new ReadingSide();
        second = new ReadingSide();
        Map<String, ManagedChannel> channels = new LinkedHashMap<>();
        channels.put("first", first.channel);
        channels.put("second", second.channel);
        followed = new FollowedSides(channels, clock, ticker);
        followed.start();
        untilFollowed(first, second);
    }

    @AfterEach
    void end() {
        followed.close();
        first.end();
        second.end();
    }

    private void untilFollowed(ReadingSide... sides) {
        for (ReadingSide side : sides) {
            await().atMost(LONG).until(() -> side.feed.followers() == 1);
        }
    }

    private void bothBeat() {
        first.beats();
        second.beats();
    }

    private void nobodyCanTell() {
        assertThatThrownBy(() -> followed.revokes(ofSession("any")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.problem()).isEqualTo(Problem.UNAVAILABLE));
    }

    @Test
    void one_that_has_told_everything_is_enough() {
        nobodyCanTell();
        assertThat(followed.hasBeenComplete()).isFalse();

        second.beats();

        assertThat(followed.revokes(ofSession("a"))).isFalse();
        assertThat(followed.hasBeenComplete()).isTrue();
        assertThat(followed.fresh()).containsExactly(Map.entry("first", false), Map.entry("second", true));
    }

    @Test
    void what_either_of_them_has_told_is_revoked() {
        bothBeat();
        first.feed.tell(batch(4, session("a")));
        second.feed.tell(batch(5, session("b")));

        assertThat(followed.revokes(ofSession("a"))).isTrue();
        assertThat(followed.revokes(ofSession("b"))).isTrue();
        assertThat(followed.await(all(session("a"), session("b")), Duration.ZERO))
                .isTrue();
        assertThat(followed.revokes(ofSession("c"))).isFalse();
    }

    @Test
    void while_one_is_silent_the_other_will_do_and_what_it_told_before_stays_revoked() {
        bothBeat();
        first.feed.tell(batch(4, session("a")));
        first.dies();
        ticker.advance(Duration.ofSeconds(6));
        nobodyCanTell();

        untilFollowed(second);
        second.beats();

        assertThat(followed.revokes(ofSession("a"))).isTrue();
        assertThat(followed.revokes(ofSession("b"))).isFalse();
        assertThat(followed.byId("key-1")).isPresent();
    }

    @Test
    void what_is_revoked_is_so_even_where_nobody_can_tell_of_the_rest() {
        bothBeat();
        first.feed.tell(batch(4, session("a")));
        ticker.advance(Duration.ofSeconds(6));

        assertThat(followed.revokes(ofSession("a"))).isTrue();
        nobodyCanTell();
    }

    @Test
    void a_revoked_key_does_not_come_back_by_a_side_that_has_not_heard_of_it() {
        bothBeat();
        assertThat(followed.byId("key-1")).isPresent();

        first.keys.clear();
        first.feed.tell(keysChanged(4).toBuilder().addRevocations(key("key-1")).build());

        assertThat(second.published().getKeysCount()).as("the other lags").isOne();
        assertThat(followed.byId("key-1")).isEmpty();
        clock.advance(Duration.ofSeconds(61));
        followed.refetchKeys();
        assertThat(followed.byId("key-1")).isEmpty();
    }

    @Test
    void a_new_key_is_found_with_whichever_side_has_it() {
        bothBeat();
        assertThat(followed.byId("key-2")).isEmpty();
        second.keys.add("key-2");
        clock.advance(Duration.ofSeconds(1));
        assertThat(followed.byId("key-2")).isPresent();

        first.keys.add("key-3");
        clock.advance(Duration.ofSeconds(1));
        assertThat(followed.byId("key-3")).isPresent();
    }

    @Test
    void the_keys_of_a_side_that_is_not_heard_do_not_count_while_another_is() {
        bothBeat();
        first.keys.add("key-of-the-first");
        clock.advance(Duration.ofSeconds(1));
        assertThat(followed.byId("key-of-the-first")).isPresent();

        ticker.advance(Duration.ofSeconds(6));
        untilFollowed(second);
        second.beats();

        assertThat(followed.fresh()).containsEntry("first", false).containsEntry("second", true);
        assertThat(followed.byId("key-of-the-first")).isEmpty();
    }

    @Test
    void an_unknown_key_is_none_only_if_everybody_who_is_heard_says_so() {
        bothBeat();
        assertThat(followed.byId("forged")).isEmpty();

        first.dies();
        clock.advance(Duration.ofSeconds(1));

        assertThatThrownBy(() -> followed.byId("forged")).isInstanceOf(StatusRuntimeException.class);
        assertThat(followed.byId("key-1")).as("known ones go on to count").isPresent();
    }

    @Test
    void a_side_that_comes_back_is_followed_again_where_it_broke_off() throws IOException {
        bothBeat();
        first.feed.tell(batch(4, session("a")));
        first.dies();
        await().atMost(LONG).until(() -> first.feed.followers() == 0);
        first.feed.tell(batch(5, session("b")));

        first.start();

        await().atMost(LONG).until(() -> {
            first.beats();
            return followed.revokes(ofSession("b"));
        });
    }

    @Test
    void an_empty_batch_is_no_news() {
        first.feed.tell(RevocationBatch.newBuilder().setPosition(3).build());

        nobodyCanTell();
    }
}
