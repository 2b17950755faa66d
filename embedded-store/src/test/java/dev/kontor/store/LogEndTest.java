package dev.kontor.store;

import static dev.kontor.store.StoreSetup.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Events removed at the end of the log leave no gap, and are detected all the same. */
class LogEndTest {

    private static final byte[] END = KeyEncoding.text("log-end");
    private static final byte[] FORMAT = KeyEncoding.text("log-format");

    @TempDir
    Path folder;

    @BeforeEach
    void eightEventsOfOneAggregate() {
        try (StoreSetup setup = new StoreSetup(folder)) {
            for (int sequence = 0; sequence < 8; sequence++) {
                setup.engine.appendEvents(event("a", sequence));
            }
        }
    }

    private void damage(DamageTest.Damage damage) throws RocksDBException {
        try (Database database = Database.open(folder)) {
            damage.doTo(database);
        }
    }

    private List<String> found() {
        List<String> found = new ArrayList<>();
        try (LogReader reader = LogReader.open(folder)) {
            reader.read(0, new LogReader.Visitor() {
                @Override
                public void event(LoggedEvent event) {}

                @Override
                public void damage(long position, String what) {
                    found.add(position + " " + what);
                }
            });
        }
        return found;
    }

    private List<String> foundInIndexes() {
        List<String> found = new ArrayList<>();
        try (LogReader reader = LogReader.open(folder)) {
            reader.checkIndexes((position, what) -> found.add(position + " " + what));
        }
        return found;
    }

    private static void removeFrom(Database database, long position) throws RocksDBException {
        for (long removed = position; removed < 8; removed++) {
            database.rocks().delete(database.columns().events(), KeyEncoding.position(removed));
        }
    }

    @Test
    void a_whole_log_is_found_whole() {
        assertThat(found()).isEmpty();
        assertThat(foundInIndexes()).isEmpty();
    }

    @Test
    void events_removed_at_the_end_are_missed() throws Exception {
        damage(database -> removeFrom(database, 6));

        assertThatThrownBy(() -> EmbeddedStore.open(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("positions 6 to 7 are missing");
        assertThat(found()).containsExactly("6 is missing", "7 is missing");
    }

    @Test
    void a_log_that_is_emptied_is_missed() throws Exception {
        damage(database -> removeFrom(database, 0));

        assertThatThrownBy(() -> EmbeddedStore.open(folder)).hasMessageContaining("positions 0 to 7 are missing");
        assertThat(found()).hasSize(8);
    }

    @Test
    void an_added_event_at_the_end_is_found() throws Exception {
        damage(database -> {
            RocksDB rocks = database.rocks();
            byte[] forged = rocks.get(database.columns().events(), KeyEncoding.position(7));
            EventRecord.chain(forged, EventRecord.chainOf(forged), 8);
            rocks.put(database.columns().events(), KeyEncoding.position(8), forged);
        });

        assertThatThrownBy(() -> EmbeddedStore.open(folder)).hasMessageContaining("ended at position 7");
        assertThat(found()).singleElement().asString().contains("ended at position 7");
    }

    @Test
    void a_last_event_that_is_exchanged_for_another_whole_one_is_found() throws Exception {
        damage(database -> {
            byte[] other =
                    EventRecord.of(event("a", 7, "another"), StoreSetup.JSON).encode();
            byte[] before = database.rocks().get(database.columns().events(), KeyEncoding.position(6));
            EventRecord.chain(other, EventRecord.chainOf(before), 7);
            database.rocks().put(database.columns().events(), KeyEncoding.position(7), other);
        });

        assertThatThrownBy(() -> EmbeddedStore.open(folder)).hasMessageContaining("position 7 is not the one");
        assertThat(found()).singleElement().asString().startsWith("7 ");
    }

    @Test
    void the_row_of_the_end_is_itself_missed() throws Exception {
        damage(database -> database.rocks().delete(END));

        assertThatThrownBy(() -> EmbeddedStore.open(folder))
                .hasMessageContaining("row for the end of the log is missing");
        assertThat(found()).hasSize(1);
    }

    @Test
    void a_store_from_before_there_was_such_a_row_gets_it_when_it_is_opened() throws Exception {
        damage(database -> {
            database.rocks().delete(END);
            database.rocks().delete(FORMAT);
        });
        assertThat(found()).isEmpty();

        try (StoreSetup setup = new StoreSetup(folder)) {
            assertThat(setup.store.head()).isEqualTo(7);
        }
        damage(database -> removeFrom(database, 7));
        assertThatThrownBy(() -> EmbeddedStore.open(folder)).hasMessageContaining("position 7 is missing");
    }

    @Test
    void a_store_of_a_later_version_is_refused() throws Exception {
        damage(database -> database.rocks().put(FORMAT, new byte[] {9}));

        assertThatThrownBy(() -> EmbeddedStore.open(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("later version")
                .hasMessageContaining("format is 9");
    }

    @Test
    void an_event_without_its_rows_in_the_indexes_is_found() throws Exception {
        damage(database -> {
            database.rocks().delete(database.columns().sequences(), KeyEncoding.sequence("a", 3));
            byte[] event = database.rocks().get(database.columns().events(), KeyEncoding.position(5));
            database.rocks()
                    .delete(
                            database.columns().identifiers(),
                            KeyEncoding.text(EventRecord.decode(5, event).eventId()));
        });

        assertThat(foundInIndexes())
                .hasSize(2)
                .anyMatch(found -> found.equals("3 is not in the index as event 3 of aggregate a"))
                .anyMatch(found -> found.startsWith("5 is not in the index as identifier "));
    }

    @Test
    void rows_of_the_indexes_that_point_to_nothing_or_to_another_event_are_found() throws Exception {
        damage(database -> {
            database.rocks().put(database.columns().sequences(), KeyEncoding.sequence("a", 3), KeyEncoding.position(4));
            database.rocks()
                    .put(database.columns().sequences(), KeyEncoding.sequence("b", 0), KeyEncoding.position(99));
            database.rocks()
                    .put(database.columns().identifiers(), KeyEncoding.text("unknown"), KeyEncoding.position(2));
        });

        assertThat(foundInIndexes())
                .containsExactlyInAnyOrder(
                        "3 is in the index as event 3 of aggregate a at position 4",
                        "2 is another event than the index says: identifier unknown",
                        "4 is another event than the index says: event 3 of aggregate a",
                        "99 is in the index as event 0 of aggregate b and missing");
    }
}
