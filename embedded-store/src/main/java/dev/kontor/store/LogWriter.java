package dev.kontor.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Writes a log that was read from a store into a new store: the same events at the same positions, byte for byte, so
 * that both have the same chain. From {@link #begin} until {@link #finish} no {@link EmbeddedStore} opens the folder:
 * an incomplete log without its tokens and sagas would repeat everything done since.
 *
 * <p>For one thread; one process at a time has the folder.
 */
public final class LogWriter implements AutoCloseable {

    private final Database database;
    private final ColumnFamilies columns;
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final Path folder;
    private LogEnd end;

    private LogWriter(Database database, Path folder) throws RocksDBException {
        this.database = database;
        this.columns = database.columns();
        this.folder = folder;
        this.end = new StoreOpening(database).findEnd();
    }

    /**
     * Opens a folder and creates it if it is missing.
     *
     * @throws StoreInUseException if it is already open
     * @throws StoreException if it cannot be opened
     */
    public static LogWriter open(Path folder) {
        Database database = null;
        try {
            PrivateFiles.createFolder(folder);
            StoreFolder.refuseWithoutMainFile("event store", folder);
            database = Database.open(folder);
            return new LogWriter(database, folder);
        } catch (IOException e) {
            throw new StoreException("The folder %s cannot be made".formatted(folder), e);
        } catch (RocksDBException | RuntimeException e) {
            if (database != null) {
                database.close();
            }
            throw e instanceof RocksDBException refused
                    ? OpenFailure.opening("event store", folder, refused)
                    : (RuntimeException) e;
        }
    }

    /** The position of the last event, -1 if there is none. */
    public long head() {
        return end.head();
    }

    /** The chain at the head, 0 if there is no event. */
    public int chain() {
        return end.chain();
    }

    /** The chain checksum of a log that ends with this event. */
    public static int chain(LoggedEvent event, int chainBefore) {
        return EventRecord.chain(event.toRecord().encode(), chainBefore, event.position());
    }

    /**
     * Marks the folder as an unfinished copy of the log of that name.
     *
     * @throws StoreException if the folder has another log
     */
    public void begin(String id) {
        byte[] present = reading(() -> database.rocks().get(StoreOpening.ID));
        if (present != null && !KeyEncoding.text(present).equals(id)) {
            throw new StoreException(
                    "The folder %s contains another log: %s".formatted(folder, KeyEncoding.text(present)));
        }
        write(batch -> {
            batch.put(StoreOpening.ID, KeyEncoding.text(id));
            batch.put(StoreOpening.UNFINISHED, KeyEncoding.text(id));
        });
    }

    /**
     * Appends events with one sync; on return they are durable.
     *
     * @throws StoreException if they do not follow the head, or their identifiers are taken; nothing is written
     *     then
     */
    public void append(List<LoggedEvent> events) {
        Set<String> taken = new HashSet<>();
        end = reading(() -> {
            try (WriteBatch batch = new WriteBatch()) {
                LogEnd last = end;
                for (LoggedEvent event : events) {
                    refuseWhereItDoesNotFit(event, last.head(), taken);
                    last = EventRows.put(
                            batch,
                            columns,
                            last,
                            event.toRecord().encode(),
                            event.eventId(),
                            event.aggregateId(),
                            event.sequence());
                }
                last.put(batch);
                database.rocks().write(synced, batch);
                return last;
            }
        });
    }

    private void refuseWhereItDoesNotFit(LoggedEvent event, long last, Set<String> taken) throws RocksDBException {
        if (event.position() != last + 1) {
            throw new StoreException("After position %d comes %d".formatted(last, event.position()));
        }
        if (!taken.add(event.eventId()) || isThere(columns.identifiers(), KeyEncoding.text(event.eventId()))) {
            throw new StoreException(
                    "The event at position %d is in the log already: %s".formatted(event.position(), event.eventId()));
        }
        if (event.aggregateId() != null
                && (!taken.add(event.aggregateId() + '\0' + event.sequence())
                        || isThere(columns.sequences(), KeyEncoding.sequence(event.aggregateId(), event.sequence())))) {
            throw new StoreException("The event at position %d is event %d of aggregate %s, which is in the log already"
                    .formatted(event.position(), event.sequence(), event.aggregateId()));
        }
    }

    private boolean isThere(ColumnFamilyHandle column, byte[] key) throws RocksDBException {
        return database.rocks().get(column, key) != null;
    }

    /**
     * Marks the log as complete and replaces the rows beside it by the given ones.
     *
     * @throws StoreException for a row that does not belong beside a log
     */
    public void finish(List<LoggedRow> rows) {
        for (LoggedRow row : rows) {
            if (!LoggedRow.isBeside(row.column())) {
                throw new StoreException("Column %s does not belong beside the log".formatted(row.column()));
            }
            columns.create(row.column());
        }
        write(batch -> {
            for (String column : columns.names()) {
                if (LoggedRow.isBeside(column)) {
                    deleteAll(column, batch);
                }
            }
            for (LoggedRow row : rows) {
                batch.put(columns.named(row.column()), KeyEncoding.text(row.key()), row.value());
            }
            batch.delete(StoreOpening.UNFINISHED);
        });
    }

    private void deleteAll(String column, WriteBatch batch) throws RocksDBException {
        try (RocksIterator rows = database.rocks().newIterator(columns.named(column))) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                batch.delete(columns.named(column), rows.key());
            }
            rows.status();
        }
    }

    private interface Filling {
        void fill(WriteBatch batch) throws RocksDBException;
    }

    private void write(Filling filling) {
        reading(() -> {
            try (WriteBatch batch = new WriteBatch()) {
                filling.fill(batch);
                database.rocks().write(synced, batch);
                return null;
            }
        });
    }

    private <T> T reading(EmbeddedStore.Reading<T> reading) {
        try {
            return reading.read();
        } catch (RocksDBException e) {
            throw new StoreException(
                    "The event store in %s cannot be written: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** Events written before {@link #finish} stay, and a later run can continue after them. */
    @Override
    public void close() {
        database.close();
        synced.close();
    }
}
