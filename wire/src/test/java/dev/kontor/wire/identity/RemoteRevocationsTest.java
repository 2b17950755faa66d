package dev.kontor.wire.identity;

import static dev.kontor.wire.identity.Revocable.all;
import static dev.kontor.wire.identity.Revocable.batch;
import static dev.kontor.wire.identity.Revocable.key;
import static dev.kontor.wire.identity.Revocable.keysChanged;
import static dev.kontor.wire.identity.Revocable.ofSession;
import static dev.kontor.wire.identity.Revocable.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.proto.identity.RevocationBatch;
import dev.kontor.proto.identity.RevocationFeedGrpc;
import dev.kontor.proto.identity.RevocationFeedGrpc.RevocationFeedImplBase;
import dev.kontor.proto.identity.WatchRevocationsRequest;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteRevocationsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final ManualTicker ticker = new ManualTicker();
    private final ScriptedFeed feed = new ScriptedFeed();
    private final AtomicInteger refetches = new AtomicInteger();
    private volatile boolean authorityDown;
    private Server server;
    private ManagedChannel channel;
    private RemoteRevocations revocations;

    /** Every stream that was opened, for a test to write to. */
    private static final class ScriptedFeed extends RevocationFeedImplBase {

        private record Opened(long after, StreamObserver<RevocationBatch> stream) {}

        private final BlockingQueue<Opened> opened = new LinkedBlockingQueue<>();

        @Override
        public void watch(WatchRevocationsRequest request, StreamObserver<RevocationBatch> stream) {
            opened.add(new Opened(request.getAfterPosition(), stream));
        }

        Opened next() throws InterruptedException {
            Opened next = opened.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("the feed is watched").isNotNull();
            return next;
        }
    }

    @BeforeEach
    void start() throws Exception {
        String name = InProcessServerBuilder.generateName();
        server = InProcessServerBuilder.forName(name)
                .directExecutor()
                .addService(feed)
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).directExecutor().build();
        revocations = new RemoteRevocations(RevocationFeedGrpc.newStub(channel), this::refetch, ticker);
        revocations.start();
    }

    private boolean refetch() {
        refetches.incrementAndGet();
        return !authorityDown;
    }

    @AfterEach
    void stop() {
        revocations.close();
        channel.shutdownNow();
        server.shutdownNow();
    }

    private static RevocationBatch mark(long position) {
        return RevocationBatch.newBuilder()
                .setPosition(position)
                .setComplete(true)
                .build();
    }

    private void nobodyCanTell() {
        assertThatThrownBy(() -> revocations.revokes(ofSession("any")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.problem()).isEqualTo(Problem.UNAVAILABLE));
    }

    @Test
    void before_all_of_it_is_there_nobody_can_tell() throws Exception {
        nobodyCanTell();
        ScriptedFeed.Opened opened = feed.next();
        opened.stream().onNext(batch(3, session("a")));
        nobodyCanTell();
        assertThat(revocations.hasBeenComplete()).isFalse();

        opened.stream().onNext(mark(3));

        assertThat(revocations.revokes(ofSession("a"))).isTrue();
        assertThat(revocations.revokes(ofSession("b"))).isFalse();
        assertThat(revocations.hasBeenComplete()).isTrue();
    }

    @Test
    void what_comes_later_counts_at_once() throws Exception {
        ScriptedFeed.Opened opened = feed.next();
        opened.stream().onNext(mark(3));

        opened.stream().onNext(batch(4, session("a")));

        assertThat(revocations.revokes(ofSession("a"))).isTrue();
        assertThat(revocations.await(all(session("a")), Duration.ZERO)).isTrue();
        assertThat(revocations.await(all(session("b")), Duration.ZERO)).isFalse();
    }

    @Test
    void after_five_seconds_of_silence_nobody_can_tell_until_it_is_heard_again() throws Exception {
        ScriptedFeed.Opened opened = feed.next();
        opened.stream().onNext(mark(3));
        ticker.advance(Duration.ofSeconds(5));
        assertThat(revocations.revokes(ofSession("a"))).isFalse();

        ticker.advance(Duration.ofNanos(1));
        nobodyCanTell();

        feed.next().stream().onNext(mark(3));
        assertThat(revocations.revokes(ofSession("a"))).isFalse();
    }

    @Test
    void batches_without_the_mark_do_not_end_the_silence() throws Exception {
        ScriptedFeed.Opened opened = feed.next();
        opened.stream().onNext(mark(3));
        ticker.advance(Duration.ofSeconds(4));
        opened.stream().onNext(batch(4, session("a")));
        ticker.advance(Duration.ofSeconds(2));

        nobodyCanTell();
    }

    @Test
    void a_stream_that_breaks_is_opened_again_where_it_broke_off() throws Exception {
        ScriptedFeed.Opened first = feed.next();
        assertThat(first.after()).isZero();
        first.stream().onNext(mark(3));
        first.stream().onNext(batch(7, session("a")));
        first.stream().onError(Status.UNAVAILABLE.asRuntimeException());

        ScriptedFeed.Opened second = feed.next();
        assertThat(second.after()).isEqualTo(7);
        assertThat(revocations.revokes(ofSession("a")))
                .as("a short break is none")
                .isTrue();
        second.stream().onNext(batch(8, session("b")));
        second.stream().onCompleted();

        assertThat(feed.next().after()).isEqualTo(8);
        assertThat(revocations.revokes(ofSession("b"))).isTrue();
    }

    @Test
    void a_stream_that_hangs_is_given_up_and_opened_again() throws Exception {
        feed.next().stream().onNext(mark(3));
        ticker.advance(Duration.ofSeconds(6));

        assertThat(feed.next().after()).isEqualTo(3);
    }

    @Test
    void keys_are_fetched_when_they_may_have_changed() throws Exception {
        ScriptedFeed.Opened opened = feed.next();
        opened.stream().onNext(mark(3));
        assertThat(refetches).as("at the beginning of a stream").hasValue(1);
        opened.stream().onNext(mark(3));
        opened.stream().onNext(batch(4, session("a")));
        assertThat(refetches).hasValue(1);

        opened.stream().onNext(keysChanged(5));
        assertThat(refetches).hasValue(2);

        opened.stream().onNext(batch(6, key("key-1")));
        assertThat(refetches).hasValue(3);
        assertThat(revocations.await(all(key("key-1")), Duration.ZERO)).isTrue();
    }

    @Test
    void a_revoked_key_is_not_known_before_the_keys_were_fetched() throws Exception {
        ScriptedFeed.Opened opened = feed.next();
        opened.stream().onNext(mark(3));
        authorityDown = true;
        opened.stream().onNext(batch(4, key("key-1"), session("a")));

        ScriptedFeed.Opened again = feed.next();
        assertThat(again.after()).as("what was not done is asked for again").isEqualTo(3);
        assertThat(revocations.await(all(key("key-1")), Duration.ZERO)).isFalse();
        assertThat(revocations.revokes(ofSession("a"))).isTrue();

        authorityDown = false;
        again.stream().onNext(batch(4, key("key-1"), session("a")));
        assertThat(revocations.await(all(key("key-1")), LONG)).isTrue();
    }

    @Test
    void while_the_keys_cannot_be_fetched_the_feed_counts_as_silent() throws Exception {
        ScriptedFeed.Opened opened = feed.next();
        opened.stream().onNext(mark(3));
        authorityDown = true;
        ticker.advance(Duration.ofSeconds(4));
        opened.stream().onNext(keysChanged(4).toBuilder().setComplete(true).build());
        ticker.advance(Duration.ofSeconds(2));

        nobodyCanTell();
    }

    @Test
    void who_is_closed_listens_no_more() throws Exception {
        ScriptedFeed.Opened opened = feed.next();
        opened.stream().onNext(mark(3));

        revocations.close();
        opened.stream().onError(Status.UNAVAILABLE.asRuntimeException());

        assertThat(feed.opened.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }
}
