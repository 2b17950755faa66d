package dev.kontor.store;

import static dev.kontor.store.StoreSetup.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.axonframework.serialization.SerializedType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** Damage is done directly in the database. */
class DamageTest {

    interface Damage {
        void doTo(Database database) throws RocksDBException;
    }

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

    private void damage(Damage damage) throws RocksDBException {
        try (Database database = Database.open(folder)) {
            damage.doTo(database);
        }
    }

    private static byte[] at(Database database, long position) throws RocksDBException {
        return database.rocks().get(database.columns().events(), KeyEncoding.position(position));
    }

    private static void put(Database database, long position, byte[] encoded) throws RocksDBException {
        database.rocks().put(database.columns().events(), KeyEncoding.position(position), encoded);
    }

    @Test
    void a_changed_byte_anywhere_in_a_record_is_refused_with_its_position() throws Exception {
        byte[][] whole = new byte[1][];
        damage(database -> whole[0] = at(database, 5));
        int chainBegins = whole[0].length - 4;
        for (int index : new int[] {0, 1, 20, whole[0].length / 2, chainBegins - 1, chainBegins, whole[0].length - 1}) {
            damage(database -> {
                byte[] changed = whole[0].clone();
                changed[index] ^= 1;
                put(database, 5, changed);
            });
            try (StoreSetup setup = new StoreSetup(folder)) {
                assertThatThrownBy(setup::log)
                        .as("byte %d", index)
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("position 5 ");
                if (index < chainBegins) {
                    assertThatThrownBy(() -> setup.texts("a"))
                            .isInstanceOf(StoreException.class)
                            .hasMessageContaining("position 5 ");
                }
            }
        }
        damage(database -> put(database, 5, whole[0]));
        try (StoreSetup setup = new StoreSetup(folder)) {
            assertThat(setup.log()).hasSize(8);
        }
    }

    @Test
    void a_record_that_is_cut_short_is_refused_with_its_position() throws Exception {
        for (int length : new int[] {0, 7, 9, 40}) {
            damage(database -> put(database, 5, Arrays.copyOf(at(database, 4), length)));
            try (StoreSetup setup = new StoreSetup(folder)) {
                assertThatThrownBy(setup::log)
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("position 5 ");
            }
        }
    }

    @Test
    void a_removed_record_is_found_with_its_position() throws Exception {
        damage(database -> database.rocks().delete(database.columns().events(), KeyEncoding.position(5)));

        try (StoreSetup setup = new StoreSetup(folder)) {
            assertThatThrownBy(setup::log).isInstanceOf(StoreException.class).hasMessageContaining("position 5 ");
            assertThatThrownBy(() -> setup.texts("a"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("position 5 ");
        }
    }

    @Test
    void records_that_are_exchanged_are_found_though_each_is_whole() throws Exception {
        damage(database -> {
            byte[] three = at(database, 3);
            put(database, 3, at(database, 4));
            put(database, 4, three);
        });

        try (StoreSetup setup = new StoreSetup(folder)) {
            assertThatThrownBy(setup::log).isInstanceOf(StoreException.class).hasMessageContaining("position 3 ");
            assertThatThrownBy(() -> setup.texts("a"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("position 3 ");
        }
    }

    @Test
    void a_reader_that_begins_just_behind_the_damage_finds_it_too() throws Exception {
        damage(database -> put(database, 5, at(database, 4)));

        try (StoreSetup setup = new StoreSetup(folder)) {
            assertThatThrownBy(() -> setup.engine.readData(6, 10, Set.of()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("position 6 ");
            assertThat(setup.engine.readData(7, 10, Set.of())).hasSize(1);
        }
    }

    @Test
    void a_reader_that_ignores_the_type_of_a_damaged_event_finds_the_damage_too() throws Exception {
        Set<SerializedType> ignored = Set.of(StoreSetup.JSON.typeForClass(Noted.class));
        try (StoreSetup setup = new StoreSetup(folder)) {
            assertThat(setup.engine.readData(2, 5, ignored)).hasSize(1);
        }
        damage(database -> {
            byte[] changed = at(database, 5);
            changed[20] ^= 1;
            put(database, 5, changed);
        });
        try (StoreSetup setup = new StoreSetup(folder)) {
            assertThatThrownBy(() -> setup.engine.readData(2, 5, ignored))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("position 5 ");
        }
    }

    @Test
    void a_store_whose_last_event_is_damaged_is_not_opened_and_not_left_locked() throws Exception {
        byte[][] whole = new byte[1][];
        damage(database -> {
            whole[0] = at(database, 7);
            byte[] changed = whole[0].clone();
            changed[20] ^= 1;
            put(database, 7, changed);
        });
        assertThatThrownBy(() -> EmbeddedStore.open(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("position 7 ");

        damage(database -> put(database, 7, whole[0]));
        try (StoreSetup setup = new StoreSetup(folder)) {
            assertThat(setup.log()).hasSize(8);
        }
    }

    @Test
    void a_damaged_file_is_not_taken_for_a_store_in_use() throws Exception {
        try (Database database = Database.open(folder)) {
            database.rocks().compactRange(database.columns().events());
        }
        List<Path> tables;
        try (var files = Files.list(folder)) {
            tables = files.filter(file -> file.toString().endsWith(".sst")).toList();
        }
        assertThat(tables).isNotEmpty();
        for (Path table : tables) {
            byte[] bytes = Files.readAllBytes(table);
            Arrays.fill(bytes, 0, bytes.length - 60, (byte) 0x5a);
            Files.write(table, bytes);
        }

        assertThatThrownBy(() -> EmbeddedStore.open(folder)).isInstanceOf(StoreException.class);
    }

    @Test
    void a_failure_beside_the_writes_is_counted() throws Exception {
        try (StoreSetup setup = new StoreSetup(folder)) {
            assertThat(setup.store.state()).isEqualTo(StoreState.OPEN);
        }
        try (Database database = Database.open(folder)) {
            // Tables that overlap, so that a compaction has to read them.
            for (int i = 0; i < 2; i++) {
                put(database, 3, at(database, 3));
                database.rocks()
                        .flush(
                                new org.rocksdb.FlushOptions(),
                                database.columns().events());
            }
            try (var tables = Files.newDirectoryStream(folder, "*.sst")) {
                for (Path table : tables) {
                    byte[] bytes = Files.readAllBytes(table);
                    Arrays.fill(bytes, 0, bytes.length / 2, (byte) 0x5a);
                    Files.write(table, bytes);
                }
            }
            assertThatThrownBy(() ->
                            database.rocks().compactRange(database.columns().events()))
                    .isInstanceOf(RocksDBException.class);

            assertThat(database.backgroundErrors().count()).isPositive();
            assertThat(database.backgroundErrors().isPresent()).isTrue();
        }
    }

    @Test
    void a_damaged_snapshot_counts_as_none_and_can_be_replaced() throws Exception {
        try (StoreSetup setup = new StoreSetup(folder)) {
            setup.engine.storeSnapshot(event("a", 6, "snapshot"));
            assertThat(setup.engine.readSnapshot("a")).isPresent();
        }
        damage(database -> {
            byte[] snapshot =
                    database.rocks().get(database.columns().named(ColumnFamilies.SNAPSHOTS), KeyEncoding.text("a"));
            snapshot[20] ^= 1;
            database.rocks().put(database.columns().named(ColumnFamilies.SNAPSHOTS), KeyEncoding.text("a"), snapshot);
        });

        try (StoreSetup setup = new StoreSetup(folder)) {
            assertThat(setup.engine.readSnapshot("a")).isEmpty();
            setup.engine.storeSnapshot(event("a", 3, "earlier"));
            assertThat(setup.engine.readSnapshot("a").map(StoreSetup::text)).contains("earlier");
        }
    }
}
