package dev.kontor.standalone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.crash.WriteLog.Write;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.DBOptions;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** A log of writes that ends in the middle goes on without its last write; one that is damaged before that is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamageIT {

    private static final int UNITS = 1_000;
    private static final int RESTOCKS = 30;
    private static final String RESTOCK = "catalog.StockAdded";
    private static final Duration UNTIL_REFUSED = Duration.ofSeconds(120);

    /** Where the log of writes is cut. */
    enum Cut {
        IN_THE_HEADER_OF_A_WRITE,
        IN_THE_MIDDLE_OF_A_WRITE,
        BETWEEN_TWO_WRITES
    }

    private Path whole;
    private Log before;
    private List<String> restocks;
    private Product thing;
    private Victim victim;

    @TempDir
    private Path folder;

    @BeforeAll
    void thirtyAcknowledgedRestocksAndAKill(@TempDir Path first) throws IOException {
        whole = first.resolve("data");
        victim = new Victim(whole);
        Shop shop = victim.start();
        thing = shop.listedProduct(UNITS);
        for (int i = 0; i < RESTOCKS; i++) {
            shop.restock(thing, 1);
        }
        victim.kontor().kill();
        before = Log.of(whole);
        restocks = before.ids(RESTOCK);
        assertThat(restocks).hasSize(RESTOCKS);
        assertThat(before.damage()).isEmpty();
    }

    @AfterEach
    void close() {
        victim.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_write_that_was_cut_short_is_dropped_and_nothing_before_it(Cut cut) throws IOException {
        Path data = copy();
        WriteLog log = WriteLog.lastIn(data.resolve("log"));
        int length = length(cut, log);
        truncate(log.file(), length);
        List<String> left = log.writes().stream()
                .filter(write -> write.end() <= length)
                .flatMap(write -> before.ids().stream().filter(write::has))
                .toList();
        assertThat(before.ids()).startsWith(left.toArray(String[]::new));
        long restocked = restocks.stream().filter(left::contains).count();

        victim = new Victim(data);
        Shop shop = victim.start();

        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(UNITS + restocked, 0));
        Product another = shop.listedProduct(5);
        shop.signedInCustomer().orders(another.times(5)).hasStatus(201);
        victim.kontor().kill();
        Log after = Log.of(data);
        assertThat(after.damage()).isEmpty();
        assertThat(after.ids()).startsWith(left.toArray(String[]::new)).hasSizeGreaterThan(left.size());
        assertThat(after.ids(RESTOCK)).hasSize((int) restocked);
        victim.audit();
    }

    private int length(Cut cut, WriteLog log) {
        Write ofARestock = log.with(restocks.get(20));
        return switch (cut) {
            case IN_THE_HEADER_OF_A_WRITE -> ofARestock.begin() + 3;
            case IN_THE_MIDDLE_OF_A_WRITE -> (ofARestock.begin() + ofARestock.end()) / 2;
            case BETWEEN_TWO_WRITES -> ofARestock.end();
        };
    }

    @Test
    void a_changed_byte_in_the_middle_of_the_log_of_writes_is_refused() throws IOException {
        Path data = copy();
        WriteLog log = WriteLog.lastIn(data.resolve("log"));
        Write ofARestock = log.with(restocks.get(10));
        flip(log.file(), (ofARestock.begin() + ofARestock.end()) / 2);

        assertThat(refused(data))
                .contains(
                        data.resolve("log").toString(),
                        "is damaged",
                        log.file().getFileName() + " is damaged in the write at byte ");
    }

    /** Opening does not read the whole log, so it succeeds; reads of damaged data fail, and the audit reports them. */
    @Test
    void a_changed_byte_in_a_table_of_events_is_found_by_the_audit() throws Exception {
        Path data = copy();
        victim = new Victim(data);
        // Whatever is in the log of writes goes into tables.
        victim.start();
        victim.kontor().kill();
        victim.audit();
        Path table = tableOfEvents(data.resolve("log"));

        flip(table, Files.size(table) / 4);

        AuditTool.Verdict verdict = AuditTool.verdictOn(data);
        assertThat(verdict.exitCode()).as(verdict.said()).isEqualTo(1);
        assertThat(verdict.said()).containsPattern("position \\d+|" + table.getFileName());
    }

    private static Path tableOfEvents(Path store) throws RocksDBException {
        List<byte[]> names;
        try (Options options = new Options()) {
            names = RocksDB.listColumnFamilies(options, store.toString());
        }
        List<ColumnFamilyDescriptor> columns =
                names.stream().map(ColumnFamilyDescriptor::new).toList();
        try (DBOptions options = new DBOptions();
                RocksDB rocks = RocksDB.openReadOnly(options, store.toString(), columns, new ArrayList<>())) {
            return rocks.getLiveFilesMetaData().stream()
                    .filter(table -> new String(table.columnFamilyName()).equals("events"))
                    .max(Comparator.comparingLong(LiveFileMetaData::size))
                    .map(table -> Path.of(table.path(), table.fileName()))
                    .orElseThrow();
        }
    }

    /** What it said; no stack trace may be in it. */
    private String refused(Path data) {
        victim = new Victim(data);
        KontorProcess kontor = victim.begin();
        assertThat(kontor.exitCode(UNTIL_REFUSED)).isNotZero();
        assertThat(kontor.output()).doesNotContain("\tat ", "Kontor is ready");
        return kontor.output();
    }

    private Path copy() throws IOException {
        Path data = folder.resolve("data");
        try (Stream<Path> files = Files.walk(whole)) {
            for (Path file : files.toList()) {
                Files.copy(file, data.resolve(whole.relativize(file).toString()));
            }
        }
        return data;
    }

    private static void truncate(Path file, int length) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(length);
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            int was = open.read();
            open.seek(at);
            open.write(was ^ 1);
        }
    }
}
