package dev.kontor.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Reads the log of a store without a writer: a stopped one, or a checkpoint. Changes nothing in the folder, and
 * continues after damage, so that the caller can report all of it.
 */
public final class LogReader implements AutoCloseable {

    static final long READ_AHEAD_BYTES = 4L << 20;

    private final NativeResources natives;
    private final RocksDB rocks;
    private final ColumnFamilies columns;

    static {
        RocksDB.loadLibrary();
    }

    private LogReader(Path folder, NativeResources natives) throws RocksDBException {
        this.natives = natives;
        ColumnFamilyOptions columnOptions = natives.own(new ColumnFamilyOptions());
        DBOptions options = natives.own(new DBOptions().setWalRecoveryMode(Database.WAL_RECOVERY));
        List<byte[]> present;
        try (Options forListing = new Options()) {
            present = RocksDB.listColumnFamilies(forListing, folder.toString());
        }
        // RocksDB returns an empty list without a reason if it cannot read the list. Opening the default column
        // family, which every database has, fails with the reason.
        List<ColumnFamilyDescriptor> descriptors = (present.isEmpty()
                        ? List.of(RocksDB.DEFAULT_COLUMN_FAMILY)
                        : present)
                .stream()
                        .map(name -> new ColumnFamilyDescriptor(name, columnOptions))
                        .toList();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        rocks = natives.own(RocksDB.openReadOnly(options, folder.toString(), descriptors, handles));
        columns = natives.own(new ColumnFamilies(rocks, handles, columnOptions));
        if (!columns.names().contains(ColumnFamilies.EVENTS)) {
            throw new StoreException("The database in %s contains no log".formatted(folder));
        }
    }

    /**
     * Whether there is a store in a folder.
     *
     * @throws StoreException if the folder has files of a store but not the one that names the others
     */
    public static boolean isLog(Path folder) {
        try {
            StoreFolder.refuseWithoutMainFile("event store", folder);
            return Files.exists(folder.resolve("CURRENT"));
        } catch (IOException e) {
            throw new StoreException("The folder %s cannot be read: %s".formatted(folder, e), e);
        }
    }

    /** @throws StoreException if there is no store, or it cannot be opened at all */
    public static LogReader open(Path folder) {
        if (!isLog(folder)) {
            throw new StoreException("There is no event store in " + folder);
        }
        NativeResources natives = new NativeResources();
        try {
            return new LogReader(folder, natives);
        } catch (RocksDBException | RuntimeException e) {
            natives.close();
            throw e instanceof RocksDBException refused
                    ? OpenFailure.opening("event store", folder, refused)
                    : (RuntimeException) e;
        }
    }

    /** Receives the damage that is found. */
    @FunctionalInterface
    public interface Finding {

        /** The content of this position is not what was written. */
        void damage(long position, String what);
    }

    /** Visits the events in the order of positions. Damage is reported once for a position. */
    public interface Visitor extends Finding {

        void event(LoggedEvent event);
    }

    /** The position of the last event, -1 if there is none. */
    public long head() {
        try (RocksIterator events = rocks.newIterator(columns.events())) {
            events.seekToLast();
            events.status();
            return events.isValid() ? KeyEncoding.position(events.key()) : -1;
        } catch (RocksDBException e) {
            throw new StoreException("The log cannot be read: " + e.getMessage(), e);
        }
    }

    /** Identifies the log and every copy of it. */
    public String id() {
        try {
            byte[] id = rocks.get(StoreOpening.ID);
            if (id == null) {
                throw new StoreException("The log has no name: it was never opened, or not by this version");
            }
            return KeyEncoding.text(id);
        } catch (RocksDBException e) {
            throw new StoreException("The log cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The chain checksum stored at a position.
     *
     * @throws StoreException if there is no event at that position
     */
    public int chainAt(long position) {
        try {
            byte[] encoded = rocks.get(columns.events(), KeyEncoding.position(position));
            if (encoded == null) {
                throw new StoreException("There is no event at position " + position);
            }
            return EventRecord.chainOf(encoded);
        } catch (RocksDBException e) {
            throw new StoreException("The log cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether a {@link LogWriter} has begun it and not finished. */
    public boolean isUnfinished() {
        try {
            return rocks.get(StoreOpening.UNFINISHED) != null;
        } catch (RocksDBException e) {
            throw new StoreException("The log cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads every row beside the log. */
    public void readBeside(Consumer<LoggedRow> reader) {
        for (String column : new TreeSet<>(columns.names())) {
            if (LoggedRow.isBeside(column)) {
                readBeside(column, reader);
            }
        }
    }

    /** Reads the rows of one column beside the log; none if the folder does not have it. */
    public void readBeside(String column, Consumer<LoggedRow> reader) {
        if (!columns.names().contains(column)) {
            return;
        }
        try (RocksIterator rows = rocks.newIterator(columns.named(column))) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                reader.accept(new LoggedRow(column, KeyEncoding.text(rows.key()), rows.value()));
            }
            rows.status();
        } catch (RocksDBException e) {
            throw new StoreException("The rows beside the log cannot be read: " + e.getMessage(), e);
        }
    }

    /** Visits every event from a position on. Verifies checksums, gapless positions, chain, and the recorded end. */
    public void read(long from, Visitor visitor) {
        try (ReadOptions ahead = new ReadOptions().setReadaheadSize(READ_AHEAD_BYTES);
                RocksIterator events = rocks.newIterator(columns.events(), ahead)) {
            long expected = Math.max(0, from);
            Integer chain = expected == 0 ? Integer.valueOf(0) : chainBefore(expected);
            for (events.seek(KeyEncoding.position(expected)); events.isValid(); events.next()) {
                long position = KeyEncoding.position(events.key());
                for (; expected < position; expected++) {
                    visitor.damage(expected, "is missing");
                    chain = null;
                }
                byte[] encoded = events.value();
                visit(position, encoded, chain, visitor);
                chain = EventRecord.chainOf(encoded);
                expected = position + 1;
            }
            events.status();
            checkEnd(expected, chain, visitor);
        } catch (RocksDBException e) {
            throw new StoreException("The log cannot be read: " + e.getMessage(), e);
        }
    }

    /** Null if it is unknown: the previous record is missing or unreadable, which does not affect those after it. */
    private Integer chainBefore(long position) {
        try {
            byte[] before = rocks.get(columns.events(), KeyEncoding.position(position - 1));
            return before == null ? null : EventRecord.chainOf(before);
        } catch (RocksDBException e) {
            return null;
        }
    }

    /** @param expected the position after the last event @param chain at the last event, null if it is not known */
    private void checkEnd(long expected, Integer chain, Visitor visitor) throws RocksDBException {
        if (!StoreOpening.hasEndRow(rocks)) {
            return;
        }
        LogEnd left = LogEnd.find(rocks);
        if (left != null && left.head() >= expected) {
            for (long missing = expected; missing <= left.head(); missing++) {
                visitor.damage(missing, "is missing");
            }
        } else if (left == null || left.head() < expected - 1 || (chain != null && chain != left.chain())) {
            LogEnd found = new LogEnd(expected - 1, chain == null ? 0 : chain, Instant.MIN);
            visitor.damage(Math.max(0, expected - 1), StoreOpening.differs(found, left));
        }
    }

    /**
     * Compares the indexes with the events: every event of an aggregate must be found by aggregate and sequence number,
     * every event by its identifier, and no row may point to anything else. {@link #read} reports damaged events.
     *
     * @param finding may be called more than once for a position
     */
    public void checkIndexes(Finding finding) {
        try {
            new IndexCheck(rocks, columns, finding).run();
        } catch (RocksDBException e) {
            throw new StoreException("The indexes cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The files that were verified.
     *
     * @param bytes of all files together
     */
    public record Tables(int files, long bytes) {}

    /**
     * Verifies the checksum of every block of every table of every column family, also of those without events.
     *
     * @param damage receives the name of each damaged file once
     */
    public Tables checkTables(Consumer<String> damage) {
        return new TableCheck(rocks, damage).run();
    }

    /** @param chainBefore null if the previous record is missing */
    private static void visit(long position, byte[] encoded, Integer chainBefore, Visitor visitor) {
        EventRecord whole;
        try {
            whole = EventRecord.decode(position, encoded);
        } catch (StoreException e) {
            visitor.damage(position, e.getMessage());
            return;
        }
        if (chainBefore != null && !EventRecord.isLinked(encoded, chainBefore, position)) {
            visitor.damage(position, "does not follow from the one before it");
        }
        visitor.event(LoggedEvent.of(position, whole));
    }

    @Override
    public void close() {
        natives.close();
    }
}
