package dev.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.modelling.saga.AssociationValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

class LogWriterTest {

    @TempDir
    Path folder;

    private Path original;
    private Path copy;
    private String id;

    @BeforeEach
    void write() {
        original = folder.resolve("original");
        copy = folder.resolve("copy");
        try (StoreSetup setup = new StoreSetup(original)) {
            id = setup.store.id();
            setup.append("of no aggregate");
            setup.engine.appendEvents(StoreSetup.event("a", 0), StoreSetup.event("b", 0), StoreSetup.event("a", 1));
            setup.append("last");
            setup.tokens.initializeTokenSegments("orders", 1, new GlobalSequenceTrackingToken(3));
            setup.sagas.insertSaga(Noted.class, "saga", new Noted("open"), Set.of(new AssociationValue("order", "1")));
            setup.store.column("open-orders").put("1", new byte[] {1, 2, 3});
        }
    }

    private record Read(List<LoggedEvent> events, List<LoggedRow> rows) {}

    private static Read read(Path folder) {
        Read read = new Read(new ArrayList<>(), new ArrayList<>());
        try (LogReader log = LogReader.open(folder)) {
            log.read(0, new LogReader.Visitor() {
                @Override
                public void event(LoggedEvent event) {
                    read.events().add(event);
                }

                @Override
                public void damage(long position, String what) {
                    throw new AssertionError(position + ": " + what);
                }
            });
            log.readBeside(read.rows()::add);
        }
        return read;
    }

    /** Every row of every column, the indexes too. */
    private static TreeMap<String, String> everythingIn(Path folder) throws RocksDBException {
        TreeMap<String, String> everything = new TreeMap<>();
        try (Database database = Database.open(folder)) {
            for (String column : database.columns().names()) {
                try (RocksIterator rows =
                        database.rocks().newIterator(database.columns().named(column))) {
                    for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                        everything.put(
                                column + "/" + HexFormat.of().formatHex(rows.key()),
                                HexFormat.of().formatHex(rows.value()));
                    }
                }
            }
        }
        return everything;
    }

    private LogWriter begun() {
        LogWriter writer = LogWriter.open(copy);
        writer.begin(id);
        return writer;
    }

    @Test
    void a_log_that_is_read_and_written_is_the_same_row_for_row() throws Exception {
        Read read = read(original);
        try (LogWriter writer = begun()) {
            writer.append(read.events().subList(0, 2));
            writer.append(read.events().subList(2, 5));
            writer.finish(read.rows());
        }
        assertThat(everythingIn(copy)).isEqualTo(everythingIn(original));
        try (StoreSetup setup = new StoreSetup(copy)) {
            assertThat(setup.store.id()).isEqualTo(id);
            assertThat(setup.texts("a")).containsExactly("a#0", "a#1");
            assertThat(setup.tokens.fetchToken("orders", 0)).isEqualTo(new GlobalSequenceTrackingToken(3));
            assertThat(setup.sagas.findSagas(Noted.class, new AssociationValue("order", "1")))
                    .containsExactly("saga");
            assertThat(setup.store.column("open-orders").get("1")).contains(new byte[] {1, 2, 3});
            setup.append("it goes on");
        }
    }

    @Test
    void the_chain_can_be_followed_without_writing_anything() {
        int chain = 0;
        for (LoggedEvent event : read(original).events()) {
            chain = LogWriter.chain(event, chain);
            try (LogReader log = LogReader.open(original)) {
                assertThat(log.chainAt(event.position())).isEqualTo(chain);
            }
        }
    }

    @Test
    void no_store_opens_a_log_that_is_not_whole() {
        try (LogWriter writer = begun()) {
            writer.append(read(original).events().subList(0, 2));
        }
        assertThatThrownBy(() -> EmbeddedStore.open(copy))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("was not finished");
        try (LogReader log = LogReader.open(copy)) {
            assertThat(log.isUnfinished()).isTrue();
        }
        try (LogWriter writer = LogWriter.open(copy)) {
            assertThat(writer.head()).isEqualTo(1);
            writer.finish(List.of());
        }
        EmbeddedStore.open(copy).close();
    }

    @Test
    void rows_beside_the_log_from_before_are_replaced() {
        try (LogWriter writer = LogWriter.open(original)) {
            writer.begin(id);
            writer.finish(List.of(new LoggedRow(ColumnFamilies.PREFIX + "other", "key", new byte[] {9})));
        }
        assertThat(read(original).rows())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(new LoggedRow(ColumnFamilies.PREFIX + "other", "key", new byte[] {9}));
    }

    @Test
    void what_does_not_follow_is_refused_and_nothing_of_its_group_is_written() throws Exception {
        List<LoggedEvent> events = read(original).events();
        try (LogWriter writer = begun()) {
            writer.append(events.subList(0, 2));
            int chain = writer.chain();
            for (List<LoggedEvent> wrong : List.of(
                    List.of(events.get(3)),
                    List.of(events.get(1)),
                    List.of(at(events.get(0), 2)),
                    List.of(events.get(2), at(events.get(2), 3)),
                    List.of(renamed(events.get(1), 2)))) {
                assertThatThrownBy(() -> writer.append(wrong)).isInstanceOf(StoreException.class);
                assertThat(writer.head()).isEqualTo(1);
                assertThat(writer.chain()).isEqualTo(chain);
            }
            writer.append(events.subList(2, 5));
            writer.finish(read(original).rows());
        }
        assertThat(everythingIn(copy)).isEqualTo(everythingIn(original));
    }

    private static LoggedEvent at(LoggedEvent event, long position) {
        return with(event, position, event.eventId());
    }

    /** Another event with the same sequence number of its aggregate. */
    private static LoggedEvent renamed(LoggedEvent event, long position) {
        return with(event, position, "another");
    }

    private static LoggedEvent with(LoggedEvent event, long position, String eventId) {
        return new LoggedEvent(
                position,
                eventId,
                event.time(),
                event.aggregateType(),
                event.aggregateId(),
                event.sequence(),
                event.type(),
                event.revision(),
                event.payload(),
                event.metadata());
    }

    @Test
    void another_log_is_not_written_to() {
        try (LogWriter writer = LogWriter.open(original)) {
            assertThatThrownBy(() -> writer.begin("another"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(id);
        }
        EmbeddedStore.open(original).close();
    }

    @Test
    void the_log_itself_is_no_row_beside_it() {
        try (LogWriter writer = begun()) {
            assertThatThrownBy(() -> writer.finish(List.of(new LoggedRow(ColumnFamilies.EVENTS, "x", new byte[8]))))
                    .isInstanceOf(StoreException.class);
        }
    }
}
