package dev.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;

/** Compares the search by time with a scan of every event. */
class TimeIndexTest extends WithStore {

    private static final long SEED = 20_261_121;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random = new Random(SEED);
    private final List<Instant> times = new ArrayList<>();
    /** Times rise on the whole, but any event may be hours before its neighbours, or sometimes far ahead of them. */
    private void append(int count) {
        List<EventMessage<Noted>> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long seconds = times.size() * 10L + random.nextInt(20_000) + (random.nextInt(900) == 0 ? 30_000 : 0);
            Instant time = BEGIN.plusSeconds(seconds).plusNanos(random.nextInt(1_000_000_000));
            times.add(time);
            events.add(new GenericEventMessage<>(StoreSetup.id(), new Noted("event"), Map.of(), time));
            if (events.size() == 100 || i == count - 1) {
                setup.engine.appendEvents(events);
                events.clear();
            }
        }
    }

    private long byLookingAtAll(Instant time) {
        for (int position = 0; position < times.size(); position++) {
            if (!times.get(position).isBefore(time)) {
                return position - 1;
            }
        }
        return times.size() - 1;
    }

    private void assertFoundAsByLookingAtAll() {
        List<Instant> asked = new ArrayList<>(List.of(Instant.MIN, Instant.EPOCH, BEGIN, Instant.MAX));
        times.forEach(time -> {
            if (random.nextInt(10) == 0) {
                asked.addAll(List.of(time, time.minusNanos(1), time.plusNanos(1)));
            }
        });
        for (Instant time : asked) {
            assertThat(setup.engine.createTokenAt(time))
                    .as("%s, seed %d", time, SEED)
                    .isEqualTo(new GlobalSequenceTrackingToken(byLookingAtAll(time)));
        }
    }

    @Test
    void in_an_empty_log_every_time_is_at_its_end() {
        assertThat(setup.engine.createTokenAt(BEGIN)).isEqualTo(new GlobalSequenceTrackingToken(-1));
    }

    @Test
    void the_first_event_that_is_not_before_a_time_is_found_though_times_are_out_of_order() {
        for (int count : new int[] {TimeIndex.BLOCK - 1, 1, 1, 2 * TimeIndex.BLOCK, 700}) {
            append(count);
            assertFoundAsByLookingAtAll();
        }
        reopen();
        assertFoundAsByLookingAtAll();
        append(TimeIndex.BLOCK);
        assertFoundAsByLookingAtAll();
    }

    @Test
    void a_store_from_before_there_was_such_an_index_gets_it_when_it_is_opened() throws Exception {
        append(3 * TimeIndex.BLOCK + 100);
        for (long firstMissing : new long[] {0, 1, 2}) {
            change(database -> {
                for (long block = firstMissing; block < 3; block++) {
                    database.rocks()
                            .delete(database.columns().named(ColumnFamilies.TIMES), KeyEncoding.position(block));
                }
            });
            assertFoundAsByLookingAtAll();
        }
        append(TimeIndex.BLOCK);
        assertFoundAsByLookingAtAll();
    }

    @Test
    void an_index_that_does_not_fit_the_log_is_made_anew() throws Exception {
        append(3 * TimeIndex.BLOCK + 100);
        change(database ->
                database.rocks().delete(database.columns().named(ColumnFamilies.TIMES), KeyEncoding.position(1)));
        assertFoundAsByLookingAtAll();
        change(database -> database.rocks()
                .put(database.columns().named(ColumnFamilies.TIMES), KeyEncoding.position(7), new byte[12]));
        assertFoundAsByLookingAtAll();
    }

    @Test
    void a_row_that_is_lost_while_the_store_is_open_is_told_instead_of_answered_wrongly() throws Exception {
        append(TimeIndex.BLOCK);
        setup.store.write(
                pending -> pending.row(ColumnFamilies.TIMES, KeyEncoding.text(KeyEncoding.position(0)), null, null));

        assertThatThrownBy(() -> setup.engine.createTokenAt(BEGIN))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("position 0 ");
    }

    private void change(DamageTest.Damage damage) throws RocksDBException {
        setup.close();
        try (Database database = Database.open(folder)) {
            damage.doTo(database);
        }
        setup = new StoreSetup(folder);
    }
}
