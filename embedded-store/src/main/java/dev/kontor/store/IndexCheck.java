package dev.kontor.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Compares the indexes with the events by checksums: of the rows that the events require and of the rows that exist.
 * If these differ, or events are damaged, it looks up each event's row and each row's event.
 */
final class IndexCheck {

    private static final int AT_A_TIME = 512;

    private final RocksDB rocks;
    private final ColumnFamilies columns;
    private final LogReader.Finding finding;
    private final List<Expected> batch = new ArrayList<>(AT_A_TIME);
    private final RowChecksum identifiers = new RowChecksum();
    private final RowChecksum sequences = new RowChecksum();
    private boolean isUnsure;

    /** A row that an event requires. */
    private record Expected(String index, byte[] key, long position, String name) {}

    IndexCheck(RocksDB rocks, ColumnFamilies columns, LogReader.Finding finding) {
        this.rocks = rocks;
        this.columns = columns;
        this.finding = finding;
    }

    void run() throws RocksDBException {
        addUpRowsOfEvents();
        boolean isRight = !isUnsure
                && identifiers.isEqualTo(sumOf(ColumnFamilies.IDENTIFIERS))
                && sequences.isEqualTo(sumOf(ColumnFamilies.SEQUENCES));
        if (!isRight) {
            lookUpRowsOfEvents();
            lookUpEventsOfRows(ColumnFamilies.IDENTIFIERS);
            lookUpEventsOfRows(ColumnFamilies.SEQUENCES);
        }
    }

    private interface EventVisitor {

        /** @param event null if the event is damaged */
        void visit(long position, EventRecord event) throws RocksDBException;
    }

    private void visitEvents(EventVisitor visitor) throws RocksDBException {
        try (ReadOptions ahead = new ReadOptions().setReadaheadSize(LogReader.READ_AHEAD_BYTES);
                RocksIterator events = rocks.newIterator(columns.events(), ahead)) {
            for (events.seekToFirst(); events.isValid(); events.next()) {
                long position = KeyEncoding.position(events.key());
                visitor.visit(position, wholeOrNull(position, events.value()));
            }
            events.status();
        }
    }

    private void addUpRowsOfEvents() throws RocksDBException {
        Instant[] latest = {Instant.MIN};
        visitEvents((position, event) -> {
            if (event == null) {
                isUnsure = true;
                return;
            }
            byte[] row = KeyEncoding.position(position);
            identifiers.add(keyOf(ColumnFamilies.IDENTIFIERS, event), row);
            if (event.isOfAggregate()) {
                sequences.add(keyOf(ColumnFamilies.SEQUENCES, event), row);
            }
            latest[0] = event.time().isAfter(latest[0]) ? event.time() : latest[0];
            checkTime(position, latest[0]);
        });
    }

    private void lookUpRowsOfEvents() throws RocksDBException {
        visitEvents((position, event) -> {
            if (event != null) {
                expectRowsOf(event, position);
            }
        });
        lookUp();
    }

    private static EventRecord wholeOrNull(long position, byte[] encoded) {
        try {
            return EventRecord.decode(position, encoded);
        } catch (StoreException damaged) {
            return null;
        }
    }

    private void expectRowsOf(EventRecord event, long position) throws RocksDBException {
        batch.add(new Expected(
                ColumnFamilies.IDENTIFIERS,
                KeyEncoding.text(event.eventId()),
                position,
                "identifier " + event.eventId()));
        if (event.isOfAggregate()) {
            batch.add(new Expected(
                    ColumnFamilies.SEQUENCES,
                    KeyEncoding.sequence(event.aggregateId(), event.sequence()),
                    position,
                    "event %d of aggregate %s".formatted(event.sequence(), event.aggregateId())));
        }
        if (batch.size() >= AT_A_TIME - 1) {
            lookUp();
        }
    }

    private void lookUp() throws RocksDBException {
        List<ColumnFamilyHandle> handles =
                batch.stream().map(row -> columns.named(row.index())).toList();
        List<byte[]> found = batch.isEmpty()
                ? Collections.emptyList()
                : rocks.multiGetAsList(
                        handles, batch.stream().map(Expected::key).toList());
        for (int i = 0; i < batch.size(); i++) {
            Expected expected = batch.get(i);
            byte[] row = found.get(i);
            if (row == null) {
                finding.damage(expected.position(), "is not in the index as " + expected.name());
            } else if (!Arrays.equals(row, KeyEncoding.position(expected.position()))) {
                finding.damage(
                        expected.position(),
                        "is in the index as %s at position %s".formatted(expected.name(), positionIn(row)));
            }
        }
        batch.clear();
    }

    private static String positionIn(byte[] row) {
        return row.length == 8 ? Long.toString(KeyEncoding.position(row)) : "unreadable";
    }

    /** A store older than the time index that has not been opened since has no such column. */
    private void checkTime(long position, Instant latest) throws RocksDBException {
        if ((position + 1) % TimeIndex.BLOCK != 0 || isUnsure || !columns.has(ColumnFamilies.TIMES)) {
            return;
        }
        byte[] row = rocks.get(columns.named(ColumnFamilies.TIMES), KeyEncoding.position(position / TimeIndex.BLOCK));
        if (row == null || row.length != 12 || !TimeIndex.decode(row).equals(latest)) {
            finding.damage(position, "ends a block whose row in the index of times is missing or wrong");
        }
    }

    private RowChecksum sumOf(String index) throws RocksDBException {
        try (ReadOptions ahead = new ReadOptions().setReadaheadSize(LogReader.READ_AHEAD_BYTES);
                RocksIterator rows = rocks.newIterator(columns.named(index), ahead)) {
            RowChecksum sum = new RowChecksum();
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                sum.add(rows.key(), rows.value());
            }
            rows.status();
            return sum;
        }
    }

    private void lookUpEventsOfRows(String index) throws RocksDBException {
        try (ReadOptions ahead = new ReadOptions().setReadaheadSize(LogReader.READ_AHEAD_BYTES);
                RocksIterator rows = rocks.newIterator(columns.named(index), ahead)) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                lookUpEventOf(index, rows.key(), rows.value());
            }
            rows.status();
        }
    }

    private void lookUpEventOf(String index, byte[] key, byte[] row) throws RocksDBException {
        String name = index.equals(ColumnFamilies.IDENTIFIERS) ? "identifier " + KeyEncoding.text(key) : nameOf(key);
        if (row.length != 8) {
            finding.damage(-1, "a row of the index, %s, is unreadable".formatted(name));
            return;
        }
        long position = KeyEncoding.position(row);
        byte[] encoded = rocks.get(columns.events(), row);
        if (encoded == null) {
            finding.damage(position, "is in the index as %s and missing".formatted(name));
            return;
        }
        EventRecord event = wholeOrNull(position, encoded);
        if (event != null && !Arrays.equals(key, keyOf(index, event))) {
            finding.damage(position, "is another event than the index says: %s".formatted(name));
        }
    }

    private static String nameOf(byte[] sequenceKey) {
        return sequenceKey.length < 9
                ? "unreadable"
                : "event %d of aggregate %s"
                        .formatted(
                                KeyEncoding.sequence(sequenceKey),
                                KeyEncoding.text(Arrays.copyOf(sequenceKey, sequenceKey.length - 9)));
    }

    /** Null if the event has no such row. */
    private static byte[] keyOf(String index, EventRecord event) {
        if (index.equals(ColumnFamilies.IDENTIFIERS)) {
            return KeyEncoding.text(event.eventId());
        }
        return event.isOfAggregate() ? KeyEncoding.sequence(event.aggregateId(), event.sequence()) : null;
    }
}
