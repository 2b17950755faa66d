package dev.kontor.store;

import static dev.kontor.store.StoreSetup.event;
import static dev.kontor.store.StoreSetup.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

class EmbeddedStoreTest extends WithStore {

    @Test
    void what_many_threads_append_stands_densely_and_in_each_threads_order() throws Exception {
        int threads = 16;
        int each = 50;
        List<Callable<Void>> writers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            String aggregate = "aggregate-" + thread;
            writers.add(() -> {
                for (int sequence = 0; sequence < each; sequence++) {
                    setup.engine.appendEvents(event(aggregate, sequence));
                }
                return null;
            });
        }
        for (Future<Void> written : StoreSetup.together(writers)) {
            written.get();
        }

        List<? extends TrackedEventMessage<?>> log = setup.log();
        assertThat(StoreSetup.positions(log)).containsExactlyElementsOf(positionsUpTo(threads * each));
        assertThat(setup.store.head()).isEqualTo(threads * each - 1);
        for (int thread = 0; thread < threads; thread++) {
            String aggregate = "aggregate-" + thread;
            List<String> inOrder = IntStream.range(0, each)
                    .mapToObj(sequence -> aggregate + "#" + sequence)
                    .toList();
            assertThat(log.stream().map(StoreSetup::text).filter(text -> text.startsWith(aggregate + "#")))
                    .containsExactlyElementsOf(inOrder);
            assertThat(setup.texts(aggregate)).containsExactlyElementsOf(inOrder);
        }
    }

    private static List<Long> positionsUpTo(long end) {
        return LongStream.range(0, end).boxed().toList();
    }

    @Test
    void a_writer_finds_its_event_in_the_log_at_once() {
        for (int i = 0; i < 200; i++) {
            setup.append("event " + i);
            assertThat(setup.store.head()).isEqualTo(i);
        }
    }

    @Test
    void of_two_that_append_the_same_next_event_exactly_one_wins() throws Exception {
        for (int round = 0; round < 50; round++) {
            String aggregate = StoreSetup.id();
            setup.engine.appendEvents(event(aggregate, 0));
            assertOneWins(aggregate, 1, ConcurrencyException.class);
        }
    }

    @Test
    void of_two_that_create_the_same_aggregate_exactly_one_wins() throws Exception {
        for (int round = 0; round < 50; round++) {
            assertOneWins(StoreSetup.id(), 0, AggregateStreamCreationException.class);
        }
    }

    private void assertOneWins(String aggregate, long sequence, Class<? extends Exception> refusal) throws Exception {
        long before = setup.store.head();
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<Void>> rivals = StoreSetup.together(
                List.of(rival("left", aggregate, sequence, start), rival("right", aggregate, sequence, start)));

        List<String> winners = new ArrayList<>();
        for (int rival = 0; rival < 2; rival++) {
            String name = rival == 0 ? "left" : "right";
            if (rivals.get(rival).state() == Future.State.SUCCESS) {
                winners.add(name);
            } else {
                assertThat(rivals.get(rival).exceptionNow()).isExactlyInstanceOf(refusal);
                assertThat(setup.store.column("rivals").get(name + aggregate)).isEmpty();
                assertThat(setup.engine.lastSequenceNumberFor(name + aggregate)).isEmpty();
            }
        }
        assertThat(winners).hasSize(1);
        assertThat(setup.store.head()).isEqualTo(before + 2);
        assertThat(setup.texts(aggregate)).last().isEqualTo(winners.getFirst());
        assertThat(setup.store.column("rivals").get(winners.getFirst() + aggregate))
                .isPresent();
    }

    /** Writes the given event, one of another aggregate and a row, as one unit of work. */
    private Callable<Void> rival(String name, String aggregate, long sequence, CyclicBarrier start) {
        return () -> {
            start.await();
            StoreSetup.inUnitOfWork(() -> {
                setup.store.column("rivals").put(name + aggregate, new byte[] {1});
                setup.eventStore.publish(event(name + aggregate, 0), event(aggregate, sequence, name));
            });
            return null;
        };
    }

    @Test
    void an_events_identifier_is_in_the_log_only_once_also_after_opening_again() {
        GenericDomainEventMessage<Noted> event =
                new GenericDomainEventMessage<>("Note", "one", 1, new Noted("first"), Map.of(), "same", Instant.EPOCH);
        setup.engine.appendEvents(event);
        reopen();

        assertThatThrownBy(() -> setup.engine.appendEvents(new GenericDomainEventMessage<>(
                        "Note", "two", 1, new Noted("second"), Map.of(), "same", Instant.EPOCH)))
                .isInstanceOf(ConcurrencyException.class);
        assertThat(setup.texts()).containsExactly("first");
    }

    @Test
    void of_many_that_append_the_same_event_at_the_same_time_exactly_one_wins() throws Exception {
        for (int round = 0; round < 50; round++) {
            EventMessage<Noted> same = event("round " + round);
            CyclicBarrier start = new CyclicBarrier(4);
            Callable<Void> rival = () -> {
                start.await();
                setup.engine.appendEvents(same);
                return null;
            };
            List<Future<Void>> rivals = StoreSetup.together(Collections.nCopies(4, rival));
            assertThat(rivals)
                    .filteredOn(one -> one.state() == Future.State.SUCCESS)
                    .hasSize(1);
            assertThat(rivals)
                    .filteredOn(one -> one.state() == Future.State.FAILED)
                    .allSatisfy(one -> assertThat(one.exceptionNow()).isInstanceOf(ConcurrencyException.class));
        }
        assertThat(setup.texts()).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void what_was_written_is_there_after_opening_again_and_the_log_goes_on() {
        setup.engine.appendEvents(event("a", 0), event("a", 1));
        setup.append("b");
        reopen();

        assertThat(setup.store.head()).isEqualTo(2);
        assertThat(setup.engine.lastSequenceNumberFor("a")).contains(1L);
        assertThatThrownBy(() -> setup.engine.appendEvents(event("a", 1))).isInstanceOf(ConcurrencyException.class);

        setup.engine.appendEvents(event("a", 2));
        assertThat(setup.texts()).containsExactly("a#0", "a#1", "b", "a#2");
        assertThat(StoreSetup.positions(setup.log())).containsExactly(0L, 1L, 2L, 3L);
        assertThat(setup.texts("a")).containsExactly("a#0", "a#1", "a#2");
    }

    /** More than one chunk, exactly one, and with a gap that a tool may have left. */
    @Test
    void a_long_history_is_read_as_a_whole_and_from_anywhere() {
        int length = 2 * 256 + 10;
        for (int begin = 0; begin < length; begin += 100) {
            setup.engine.appendEvents(IntStream.range(begin, Math.min(begin + 100, length))
                    .mapToObj(sequence -> event("long", sequence))
                    .toList());
        }
        setup.engine.appendEvents(event("long", length + 1_000), event("longer", 0));

        List<String> all = setup.texts("long");
        assertThat(all).hasSize(length + 1).last().isEqualTo("long#" + (length + 1_000));
        assertThat(all).startsWith("long#0", "long#1").contains("long#255", "long#256", "long#512");
        for (int from : new int[] {1, 255, 256, 257, length - 256, length, length + 1_001}) {
            assertThat(StoreSetup.texts(
                            setup.engine.readEvents("long", from).asStream().toList()))
                    .as("from %d", from)
                    .isEqualTo(all.subList(
                            Math.min(from, Math.min(all.size(), from > length ? all.size() : length)), all.size()));
        }
    }

    @Test
    void a_history_is_read_only_as_far_as_it_is_asked_for() {
        setup.engine.appendEvents(IntStream.range(0, 1_000)
                .mapToObj(sequence -> event("long", sequence))
                .toList());
        var first = setup.engine.readEvents("long");
        assertThat(text(first.next())).isEqualTo("long#0");
        setup.close();

        // The present chunk can still be returned; the next needs the store.
        assertThatThrownBy(() -> first.asStream().toList()).hasMessage("The event store is closed");
    }

    /** Axon's own event store opens such a stream and reads from it. */
    @Test
    void a_reader_at_the_end_of_the_log_finds_what_came_meanwhile() {
        setup.append("first");
        var log = setup.engine.readEvents(null, false).iterator();
        assertThat(text(log.next())).isEqualTo("first");
        setup.append("second");
        assertThat(text(log.next())).isEqualTo("second");
        assertThat(log.hasNext()).isFalse();
    }

    @Test
    void aggregates_whose_names_begin_alike_are_kept_apart() {
        setup.engine.appendEvents(event("a", 0), event("ab", 0), event("a", 1), event("ab", 1), event("ab", 2));

        assertThat(setup.texts("a")).containsExactly("a#0", "a#1");
        assertThat(setup.engine.lastSequenceNumberFor("a")).contains(1L);
        assertThat(setup.engine.lastSequenceNumberFor("ab")).contains(2L);
        assertThat(setup.engine.lastSequenceNumberFor("abc")).isEmpty();
    }

    @Test
    void an_aggregates_name_with_a_zero_character_is_refused() {
        assertThatThrownBy(() -> setup.engine.appendEvents(event("a\0b", 0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(setup.store.head()).isEqualTo(-1);
    }

    @Test
    void events_keep_their_time_metadata_and_identifier() {
        var event = event("a", 0).andMetaData(Map.of("who", "me"));
        setup.engine.appendEvents(event);
        reopen();

        TrackedEventMessage<?> read = setup.log().getFirst();
        assertThat(read.getTimestamp()).isEqualTo(event.getTimestamp());
        assertThat(read.getMetaData()).containsExactly(Map.entry("who", "me"));
        assertThat(read.getIdentifier()).isEqualTo(event.getIdentifier());
        assertThat(text(read)).isEqualTo("a#0");
    }
}
