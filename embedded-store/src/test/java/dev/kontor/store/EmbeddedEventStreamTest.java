package dev.kontor.store;

import static dev.kontor.store.StoreSetup.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MultiSourceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EmbeddedEventStreamTest extends WithStore {

    private static TrackingToken at(long position) {
        return new GlobalSequenceTrackingToken(position);
    }

    private static List<TrackedEventMessage<?>> read(BlockingStream<TrackedEventMessage<?>> stream, int count)
            throws InterruptedException {
        List<TrackedEventMessage<?>> events = new ArrayList<>();
        while (events.size() < count) {
            events.add(stream.nextAvailable());
        }
        return events;
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private void append(int from, int to) {
        List<EventMessage<Noted>> events = new ArrayList<>();
        numbers(from, to).forEach(number -> events.add(event(number)));
        setup.engine.appendEvents(events);
    }

    /** A thread that waits in the stream; only then does the test continue. */
    private static <T> FutureTask<T> asleep(Callable<T> reading) throws Exception {
        FutureTask<T> task = new FutureTask<>(reading);
        Thread reader = Thread.ofPlatform().start(task);
        while (reader.getState() != Thread.State.TIMED_WAITING) {
            assertThat(task.isDone()).as("it has something to wait for").isFalse();
            Thread.onSpinWait();
        }
        return task;
    }

    @Test
    void from_no_token_it_begins_with_the_first_event_and_from_a_token_with_the_one_after() throws Exception {
        append(0, 10);
        assertThat(StoreSetup.texts(read(setup.eventStore.openStream(null), 10)))
                .isEqualTo(numbers(0, 10));
        assertThat(StoreSetup.texts(read(setup.eventStore.openStream(at(6)), 3)))
                .isEqualTo(numbers(7, 10));
        assertThat(StoreSetup.positions(read(setup.eventStore.openStream(at(6)), 3)))
                .containsExactly(7L, 8L, 9L);
        assertThat(StoreSetup.texts(read(setup.eventStore.openStream(setup.eventStore.createTailToken()), 10)))
                .isEqualTo(numbers(0, 10));
        assertThat(setup.eventStore
                        .openStream(setup.eventStore.createHeadToken())
                        .hasNextAvailable())
                .isFalse();
    }

    @Test
    void a_replay_token_begins_where_the_replay_is() throws Exception {
        append(0, 10);
        TrackingToken replay = ReplayToken.createReplayToken(at(8), at(2));
        assertThat(StoreSetup.texts(read(setup.eventStore.openStream(replay), 7)))
                .isEqualTo(numbers(3, 10));
    }

    @Test
    void looking_does_not_take() throws Exception {
        BlockingStream<TrackedEventMessage<?>> stream = setup.eventStore.openStream(null);
        assertThat(stream.peek()).isEmpty();
        append(0, 2);
        assertThat(stream.peek().map(StoreSetup::text)).contains("0");
        assertThat(stream.peek().map(StoreSetup::text)).contains("0");
        assertThat(StoreSetup.texts(read(stream, 2))).containsExactly("0", "1");
        assertThat(stream.peek()).isEmpty();
    }

    @Test
    void a_reader_that_sleeps_is_woken_by_an_append() throws Exception {
        BlockingStream<TrackedEventMessage<?>> stream = setup.eventStore.openStream(null);
        FutureTask<Boolean> waiting = asleep(() -> stream.hasNextAvailable(20, TimeUnit.SECONDS));
        append(0, 1);
        assertThat(waiting.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(StoreSetup.text(stream.nextAvailable())).isEqualTo("0");

        FutureTask<TrackedEventMessage<?>> next = asleep(stream::nextAvailable);
        append(1, 2);
        assertThat(StoreSetup.text(next.get(5, TimeUnit.SECONDS))).isEqualTo("1");
    }

    @Test
    void a_reader_waits_no_longer_than_it_wants_to() throws Exception {
        assertThat(setup.eventStore.openStream(null).hasNextAvailable(10, TimeUnit.MILLISECONDS))
                .isFalse();
    }

    @Test
    void the_callback_runs_after_an_append_until_the_stream_is_closed() throws Exception {
        BlockingStream<TrackedEventMessage<?>> stream = setup.eventStore.openStream(null);
        CountDownLatch called = new CountDownLatch(1);
        List<Boolean> foundSomething = new ArrayList<>();
        assertThat(stream.setOnAvailableCallback(() -> {
                    foundSomething.add(stream.peek().isPresent());
                    called.countDown();
                }))
                .isTrue();
        append(0, 1);
        assertThat(called.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(foundSomething).containsExactly(true);

        stream.close();
        // A listener registered later is notified of the second append; then the closed stream's would have been, too.
        BlockingStream<TrackedEventMessage<?>> other = setup.eventStore.openStream(null);
        CountDownLatch otherCalled = new CountDownLatch(2);
        other.setOnAvailableCallback(otherCalled::countDown);
        append(1, 2);
        append(2, 3);
        assertThat(otherCalled.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(foundSomething).hasSize(1);
    }

    @Test
    void the_callback_does_not_run_for_events_of_types_that_the_reader_skips() throws Exception {
        BlockingStream<TrackedEventMessage<?>> stream = setup.eventStore.openStream(null);
        append(0, 1);
        stream.skipMessagesWithPayloadTypeOf(stream.nextAvailable());
        List<List<String>> found = new CopyOnWriteArrayList<>();
        CountDownLatch called = new CountDownLatch(2);
        stream.setOnAvailableCallback(() -> {
            found.add(read(stream).stream()
                    .map(event -> event.getPayload().toString())
                    .toList());
            called.countDown();
        });

        append(1, 2);
        setup.engine.appendEvents(GenericEventMessage.asEventMessage("wanted"));
        append(2, 3);
        setup.engine.appendEvents(event("3"), GenericEventMessage.asEventMessage("wanted too"));

        assertThat(called.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(found).containsExactly(List.of("wanted"), List.of("wanted too"));
    }

    /** All events that the stream has now. */
    private static List<TrackedEventMessage<?>> read(BlockingStream<TrackedEventMessage<?>> stream) {
        try {
            List<TrackedEventMessage<?>> events = new ArrayList<>();
            while (stream.hasNextAvailable()) {
                events.add(stream.nextAvailable());
            }
            return events;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_reader_far_behind_reads_from_the_disk_and_then_from_memory() throws Exception {
        int events = RecentEvents.REMEMBERED + 1_500;
        BlockingStream<TrackedEventMessage<?>> early = setup.eventStore.openStream(null);
        append(0, 3);
        assertThat(StoreSetup.texts(read(early, 2))).isEqualTo(numbers(0, 2));
        for (int from = 3; from < events; from += 500) {
            append(from, Math.min(from + 500, events));
        }

        assertThat(setup.store.tail().at(2)).as("remembered no more").isNull();
        assertThat(setup.store.tail().at(events - 1)).as("still remembered").isNotNull();
        List<TrackedEventMessage<?>> rest = read(early, events - 2);
        assertThat(StoreSetup.texts(rest)).isEqualTo(numbers(2, events));
        assertThat(StoreSetup.positions(rest))
                .isEqualTo(IntStream.range(2, events).mapToObj(Long::valueOf).toList());
        assertThat(early.hasNextAvailable()).isFalse();
    }

    @Test
    void after_opening_again_everything_is_read_from_the_disk() throws Exception {
        append(0, 1_200);
        reopen();
        assertThat(setup.store.tail().at(1_199)).isNull();
        assertThat(StoreSetup.texts(read(setup.eventStore.openStream(at(99)), 1_100)))
                .isEqualTo(numbers(100, 1_200));
    }

    @Test
    void two_readers_that_keep_up_share_the_payload_that_was_appended() throws Exception {
        DomainEventMessage<Noted> appended = event("a", 0);
        setup.engine.appendEvents(appended);

        TrackedEventMessage<?> one = setup.eventStore.openStream(null).nextAvailable();
        TrackedEventMessage<?> two = setup.eventStore.openStream(null).nextAvailable();
        assertThat(one.getPayload()).isSameAs(appended.getPayload()).isSameAs(two.getPayload());
        assertThat(one).isInstanceOf(DomainEventMessage.class);
        assertThat(one.trackingToken()).isEqualTo(at(0));
    }

    @Test
    void two_readers_see_every_event_once_in_order_while_many_append() throws Exception {
        int writers = 6;
        int each = 200;
        List<Callable<List<TrackedEventMessage<?>>>> works = new ArrayList<>();
        for (int reader = 0; reader < 2; reader++) {
            works.add(() -> read(setup.eventStore.openStream(null), writers * each));
        }
        for (int writer = 0; writer < writers; writer++) {
            String aggregate = "writer" + writer;
            works.add(() -> {
                for (int sequence = 0; sequence < each; sequence++) {
                    setup.engine.appendEvents(event(aggregate, sequence));
                }
                return List.of();
            });
        }
        List<Future<List<TrackedEventMessage<?>>>> done = StoreSetup.together(works);

        List<String> log = setup.texts();
        assertThat(log).hasSize(writers * each).doesNotHaveDuplicates();
        for (int reader = 0; reader < 2; reader++) {
            assertThat(StoreSetup.texts(done.get(reader).get())).isEqualTo(log);
            assertThat(StoreSetup.positions(done.get(reader).get())).isEqualTo(StoreSetup.positions(setup.log()));
        }
    }

    private record Ignored(String text) {}

    /** A stream at the beginning that ignores a type, as the processor of a view does after its first event of it. */
    private BlockingStream<TrackedEventMessage<?>> ignoringFirst() throws InterruptedException {
        BlockingStream<TrackedEventMessage<?>> stream = setup.eventStore.openStream(null);
        stream.skipMessagesWithPayloadTypeOf(stream.nextAvailable());
        return stream;
    }

    private void appendIgnored(int count) {
        List<EventMessage<?>> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(new GenericEventMessage<>(new Ignored("ignored")));
        }
        setup.engine.appendEvents(events);
    }

    private static List<Long> positionsOfAll(BlockingStream<TrackedEventMessage<?>> stream)
            throws InterruptedException {
        List<Long> positions = new ArrayList<>();
        while (stream.hasNextAvailable()) {
            positions.add(stream.nextAvailable().trackingToken().position().orElseThrow());
        }
        return positions;
    }

    @Test
    void of_an_ignored_type_only_the_last_event_of_each_chunk_is_returned_so_that_the_position_advances()
            throws Exception {
        appendIgnored(1);
        append(0, 1);
        appendIgnored(1_200);
        append(1, 2);
        appendIgnored(3);
        reopen();
        // The first chunk was read before the type was ignored.
        BlockingStream<TrackedEventMessage<?>> stream = ignoringFirst();
        read(stream, 499);

        assertThat(positionsOfAll(stream)).containsExactly(999L, 1_202L, 1_205L);
    }

    @Test
    void of_an_ignored_type_in_memory_only_the_last_event_is_returned() throws Exception {
        appendIgnored(1);
        BlockingStream<TrackedEventMessage<?>> stream = ignoringFirst();
        appendIgnored(5);
        append(0, 2);
        appendIgnored(5);

        assertThat(positionsOfAll(stream)).containsExactly(6L, 7L, 12L);
    }

    @Test
    void an_event_of_an_earlier_revision_of_an_ignored_type_is_returned_because_an_upcaster_may_change_its_type()
            throws Exception {
        appendIgnored(2);
        String id = setup.store.id();
        close();
        List<LoggedEvent> events = new ArrayList<>();
        try (LogReader log = LogReader.open(folder)) {
            log.read(0, new LogReader.Visitor() {
                @Override
                public void event(LoggedEvent event) {
                    events.add(event);
                }

                @Override
                public void damage(long position, String what) {
                    throw new AssertionError(position + ": " + what);
                }
            });
        }
        try (LogWriter log = LogWriter.open(folder)) {
            log.begin(id);
            log.append(IntStream.range(2, 6)
                    .mapToObj(position -> ofRevision(events.getFirst(), position, position == 3 ? "0" : null))
                    .toList());
            log.finish(List.of());
        }
        open();

        BlockingStream<TrackedEventMessage<?>> stream = setup.eventStore.openStream(at(1));
        stream.skipMessagesWithPayloadTypeOf(setup.eventStore.openStream(null).nextAvailable());
        assertThat(positionsOfAll(stream)).containsExactly(3L, 5L);
    }

    private static LoggedEvent ofRevision(LoggedEvent event, long position, String revision) {
        return new LoggedEvent(
                position,
                StoreSetup.id(),
                event.time(),
                null,
                null,
                -1,
                event.type(),
                revision,
                event.payload(),
                event.metadata());
    }

    @Test
    void a_reader_that_waits_in_a_closed_store_gets_an_error() throws Exception {
        BlockingStream<TrackedEventMessage<?>> stream = setup.eventStore.openStream(null);
        FutureTask<TrackedEventMessage<?>> waiting = asleep(stream::nextAvailable);
        assertThatThrownBy(() -> waiting.get(10, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        setup.close();
        assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void a_token_of_another_kind_of_store_is_refused() {
        TrackingToken foreign = new MultiSourceTrackingToken(Map.of());
        assertThatThrownBy(() -> setup.eventStore.openStream(foreign)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_token_beyond_the_end_of_the_log_is_refused() {
        setup.append("only one");

        assertThat(setup.eventStore.openStream(at(0)).hasNextAvailable()).isFalse();
        assertThatThrownBy(() -> setup.eventStore.openStream(at(1)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("position 1,");
    }
}
