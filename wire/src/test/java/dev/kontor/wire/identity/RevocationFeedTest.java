package dev.kontor.wire.identity;

import static dev.kontor.wire.identity.Revocable.batch;
import static dev.kontor.wire.identity.Revocable.key;
import static dev.kontor.wire.identity.Revocable.keysChanged;
import static dev.kontor.wire.identity.Revocable.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.proto.identity.ListKeysRequest;
import dev.kontor.proto.identity.RevocationBatch;
import dev.kontor.proto.identity.RevocationFeedGrpc;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.proto.identity.WatchRevocationsRequest;
import dev.kontor.wire.operations.CallInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RevocationFeedTest {

    private final ManualTicker ticker = new ManualTicker();
    private final RevocationFeed feed = new RevocationFeed(SigningKeys::getDefaultInstance, ticker);
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        String name = InProcessServerBuilder.generateName();
        server = InProcessServerBuilder.forName(name)
                .directExecutor()
                .addService(feed)
                .intercept(new CallInterceptor(failure -> null))
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    private Watcher watch(long after) {
        return watch(after, new Watcher(false));
    }

    private Watcher watch(long after, Watcher watcher) {
        RevocationFeedGrpc.newStub(channel)
                .watch(
                        WatchRevocationsRequest.newBuilder()
                                .setAfterPosition(after)
                                .build(),
                        watcher);
        return watcher;
    }

    private void pass(Duration time) {
        ticker.advance(time);
        feed.knows(ticker.read());
    }

    @Test
    void first_comes_what_still_matters_then_the_mark_then_what_is_new() {
        feed.tell(batch(3, session("a")));
        feed.tell(batch(8, session("b")));

        Watcher watcher = watch(0);
        assertThat(watcher.sessions()).containsExactly("a", "b");
        assertThat(watcher.complete()).isEmpty();

        feed.knows(ticker.read());
        assertThat(watcher.last().getComplete()).isTrue();
        assertThat(watcher.last().getPosition()).isEqualTo(8);

        feed.tell(batch(9, session("c")));
        assertThat(watcher.sessions()).containsExactly("a", "b", "c");
        assertThat(watcher.last().getPosition()).isEqualTo(9);
    }

    @Test
    void the_mark_waits_until_all_is_told_that_was_in_the_log_when_the_follower_asked() {
        long before = ticker.read();
        ticker.advance(Duration.ofNanos(1));
        Watcher watcher = watch(0);

        feed.knows(before);
        assertThat(watcher.complete()).isEmpty();

        feed.knows(before + 1);
        assertThat(watcher.complete()).hasSize(1);
    }

    @Test
    void who_reads_far_behind_the_log_gives_no_mark() {
        Watcher watcher = watch(0);
        long asked = ticker.read();
        ticker.advance(Duration.ofSeconds(5).plusNanos(1));
        feed.knows(asked);
        assertThat(watcher.complete()).isEmpty();

        feed.knows(asked + 1);
        assertThat(watcher.complete()).hasSize(1);
    }

    @Test
    void what_no_longer_matters_is_not_told() {
        feed.tell(batch(3, session("old")));
        ticker.advance(RevocationList.KEPT.plusNanos(1));
        feed.tell(batch(4, session("new")));

        assertThat(watch(0).sessions()).containsExactly("new");
    }

    @Test
    void who_comes_again_is_told_what_it_missed() {
        feed.tell(batch(3, session("a")));
        feed.tell(batch(8, session("b")));
        feed.tell(batch(9, session("c")));

        assertThat(watch(3).sessions()).containsExactly("b", "c");
        assertThat(watch(9).sessions()).isEmpty();
    }

    @Test
    void who_comes_again_to_a_feed_that_has_not_read_as_far_is_told_everything() {
        feed.tell(batch(3, session("a")));

        Watcher watcher = watch(20);
        feed.tell(batch(8, session("b")));

        assertThat(watcher.sessions()).containsExactly("a", "b");
    }

    @Test
    void the_first_event_of_the_log_counts() {
        feed.tell(keysChanged(0));

        assertThat(watch(0).last().getKeysChanged()).isTrue();
    }

    @Test
    void what_is_told_together_loses_nothing() {
        feed.tell(keysChanged(1));
        feed.tell(batch(2, key("key-1")));
        feed.tell(batch(3, session("a")));

        RevocationBatch first = watch(0).last();

        assertThat(first.getKeysChanged()).isTrue();
        assertThat(first.getRevocationsList()).containsExactly(key("key-1"), session("a"));
        assertThat(first.getPosition()).isEqualTo(3);
    }

    @Test
    void it_beats_every_second_while_somebody_says_that_all_is_told() {
        Watcher watcher = watch(0);
        feed.knows(ticker.read());
        for (int i = 0; i < 50; i++) {
            pass(Duration.ofMillis(100));
        }

        assertThat(watcher.complete()).hasSizeBetween(6, 8);
    }

    @Test
    void nothing_falls_between_what_is_there_and_what_comes() throws Exception {
        Set<String> all =
                IntStream.rangeClosed(1, 20_000).mapToObj(i -> "session-" + i).collect(Collectors.toSet());
        Thread teller = Thread.ofPlatform()
                .start(() -> IntStream.rangeClosed(1, all.size())
                        .forEach(i -> feed.tell(batch(i, session("session-" + i)))));
        List<Watcher> watchers = new ArrayList<>();
        while (teller.isAlive()) {
            watchers.add(watch(0));
            Thread.onSpinWait();
            if (watchers.size() == 50) {
                teller.join();
            }
        }

        assertThat(watchers).isNotEmpty().allSatisfy(watcher -> {
            Set<String> told = ConcurrentHashMap.newKeySet();
            told.addAll(watcher.sessions());
            assertThat(told).isEqualTo(all);
            assertThat(watcher.sessions()).hasSameSizeAs(all);
        });
    }

    @Test
    void a_slow_follower_gets_everything_when_it_takes_it_and_no_mark_before() {
        Watcher slow = watch(0, new Watcher(true));
        feed.tell(batch(1, session("a")));
        feed.tell(batch(2, session("b")));
        pass(Duration.ofSeconds(1));
        assertThat(slow.batches).isEmpty();

        slow.call.request(1);
        assertThat(slow.sessions()).containsExactly("a", "b");
        pass(Duration.ofSeconds(1));
        assertThat(slow.complete()).isEmpty();

        slow.call.request(1);
        pass(Duration.ofSeconds(1));
        assertThat(slow.complete()).hasSize(1);
    }

    @Test
    void a_follower_that_is_far_too_slow_is_sent_away_and_comes_again_without_a_gap() throws Exception {
        Watcher slow = watch(0, new Watcher(true));
        slow.call.request(1);
        feed.knows(ticker.read());
        assertThat(slow.complete()).hasSize(1);

        for (int i = 1; i <= RevocationFeed.MOST_WAITING + 1; i++) {
            feed.tell(batch(i, session("session-" + i)));
        }
        assertThat(slow.end).isNotDone();
        feed.knows(ticker.read());

        assertThat(slow.end.get(30, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(feed.followers()).isZero();
        assertThat(watch(slow.last().getPosition()).sessions())
                .hasSize(RevocationFeed.MOST_WAITING + 1)
                .doesNotHaveDuplicates();
    }

    @Test
    void who_leaves_is_forgotten() {
        Watcher watcher = watch(0);
        assertThat(feed.followers()).isEqualTo(1);

        watcher.call.cancel("enough", null);

        assertThat(feed.followers()).isZero();
        feed.tell(batch(1, session("a")));
    }

    @Test
    void when_it_ends_all_streams_end_and_nobody_is_let_in() throws Exception {
        Watcher watcher = watch(0);

        feed.close();

        assertThat(watcher.end.get(30, TimeUnit.SECONDS).isOk()).isTrue();
        assertThat(watch(0).end.get(30, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        feed.tell(batch(1, session("a")));
        feed.knows(ticker.read());
    }

    @Test
    void positions_that_come_again_change_nothing() {
        Watcher watcher = watch(0);
        feed.tell(batch(5, session("a")));
        feed.tell(batch(5, session("a")));

        assertThat(watcher.sessions()).containsExactly("a");
    }

    private SigningKeys listKeys() {
        return RevocationFeedGrpc.newBlockingStub(channel).listKeys(ListKeysRequest.getDefaultInstance());
    }

    /** A key that was revoked since would be on the list of who no longer reads the log. */
    @Test
    void keys_are_listed_only_while_the_log_is_read() {
        assertThatThrownBy(this::listKeys).isInstanceOf(StatusRuntimeException.class);

        feed.knows(ticker.read());
        ticker.advance(Duration.ofSeconds(5));
        assertThat(listKeys()).isEqualTo(SigningKeys.getDefaultInstance());

        ticker.advance(Duration.ofNanos(1));
        assertThatThrownBy(this::listKeys)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));

        feed.knows(ticker.read());
        assertThat(listKeys()).isEqualTo(SigningKeys.getDefaultInstance());
    }
}
