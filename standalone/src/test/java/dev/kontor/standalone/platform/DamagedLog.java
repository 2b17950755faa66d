package dev.kontor.standalone.platform;

import dev.kontor.store.LogReader;
import dev.kontor.store.LogWriter;
import dev.kontor.store.LoggedEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Damages the log in a data folder record by record, directly in RocksDB. */
final class DamagedLog {

    private static final long BYTE_OF_THE_FIRST_ROW = 10;

    private final DataFolder data;

    DamagedLog(Path folder) {
        this.data = new DataFolder(folder);
    }

    private interface Damage {
        void doTo(RocksDB rocks, List<ColumnFamilyHandle> columns) throws RocksDBException;
    }

    private void damage(Damage damage) {
        try (DBOptions options = new DBOptions();
                Options listing = new Options()) {
            List<ColumnFamilyDescriptor> columns = RocksDB.listColumnFamilies(
                            listing, data.log().toString())
                    .stream()
                    .map(ColumnFamilyDescriptor::new)
                    .toList();
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            try (RocksDB rocks = RocksDB.open(options, data.log().toString(), columns, handles)) {
                damage.doTo(rocks, handles);
                handles.forEach(ColumnFamilyHandle::close);
            }
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ColumnFamilyHandle named(String name, List<ColumnFamilyHandle> columns) throws RocksDBException {
        for (ColumnFamilyHandle column : columns) {
            if (new String(column.getName(), StandardCharsets.UTF_8).equals(name)) {
                return column;
            }
        }
        throw new IllegalStateException("There is no column " + name);
    }

    private static byte[] key(long position) {
        return ByteBuffer.allocate(8).putLong(position).array();
    }

    void flipByte(long position) {
        damage((rocks, columns) -> {
            ColumnFamilyHandle events = named("events", columns);
            byte[] record = rocks.get(events, key(position));
            record[record.length / 2] ^= 1;
            rocks.put(events, key(position), record);
        });
    }

    /** Flips a byte of the first row in a file of this column. */
    void flipByteInFileOf(String column) {
        List<LiveFileMetaData> files = new ArrayList<>();
        damage((rocks, columns) -> {
            try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
                rocks.flush(flush, named(column, columns));
            }
            files.addAll(rocks.getLiveFilesMetaData());
        });
        LiveFileMetaData file = files.stream()
                .filter(each -> new String(each.columnFamilyName(), StandardCharsets.UTF_8).equals(column))
                .findFirst()
                .orElseThrow();
        try (RandomAccessFile bytes = new RandomAccessFile(file.path() + file.fileName(), "rw")) {
            bytes.seek(BYTE_OF_THE_FIRST_ROW);
            int before = bytes.read();
            bytes.seek(BYTE_OF_THE_FIRST_ROW);
            bytes.write(before ^ 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(long position) {
        damage((rocks, columns) -> rocks.delete(named("events", columns), key(position)));
    }

    void exchange(long one, long other) {
        damage((rocks, columns) -> {
            ColumnFamilyHandle events = named("events", columns);
            byte[] first = rocks.get(events, key(one));
            byte[] second = rocks.get(events, key(other));
            rocks.put(events, key(one), second);
            rocks.put(events, key(other), first);
        });
    }

    /** Changes an index row of an event of an aggregate to another position. */
    void misdirect(LoggedEvent event, long to) {
        byte[] id = event.aggregateId().getBytes(StandardCharsets.UTF_8);
        byte[] row = ByteBuffer.allocate(id.length + 9)
                .put(id)
                .put((byte) 0)
                .putLong(event.sequence())
                .array();
        damage((rocks, columns) -> {
            ColumnFamilyHandle sequences = named("sequences", columns);
            if (rocks.get(sequences, row) == null) {
                throw new IllegalStateException("The index has no such row");
            }
            rocks.put(sequences, row, key(to));
        });
    }

    List<LoggedEvent> events() {
        List<LoggedEvent> events = new ArrayList<>();
        try (LogReader log = LogReader.open(data.log())) {
            log.read(0, new LogReader.Visitor() {
                @Override
                public void event(LoggedEvent event) {
                    events.add(event);
                }

                @Override
                public void damage(long position, String what) {
                    throw new IllegalStateException("The event at position %d %s".formatted(position, what));
                }
            });
        }
        return events;
    }

    LoggedEvent first(String type, Predicate<String> payload) {
        return events().stream()
                .filter(event ->
                        event.type().equals(type) && payload.test(new String(event.payload(), StandardCharsets.UTF_8)))
                .findFirst()
                .orElseThrow();
    }

    /** Rewrites the whole log with another text in one payload: every checksum and the chain hold. */
    void forge(long position, String text, String by, Path into) {
        List<LoggedEvent> forged = events().stream()
                .map(event -> event.position() == position ? with(event, text, by) : event)
                .toList();
        String id;
        try (LogReader log = LogReader.open(data.log())) {
            id = log.id();
        }
        try (LogWriter writer = LogWriter.open(new DataFolder(into).log())) {
            writer.begin(id);
            writer.append(forged);
            writer.finish(List.of());
        }
    }

    private static LoggedEvent with(LoggedEvent event, String text, String by) {
        String payload = new String(event.payload(), StandardCharsets.UTF_8);
        if (!payload.contains(text)) {
            throw new IllegalArgumentException(payload + " does not have " + text);
        }
        return new LoggedEvent(
                event.position(),
                event.eventId(),
                event.time(),
                event.aggregateType(),
                event.aggregateId(),
                event.sequence(),
                event.type(),
                event.revision(),
                payload.replace(text, by).getBytes(StandardCharsets.UTF_8),
                event.metadata());
    }
}
