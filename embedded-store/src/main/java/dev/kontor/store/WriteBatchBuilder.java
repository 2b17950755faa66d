package dev.kontor.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Builds the batch of one sync: admits or refuses each unit of work and computes the end of the log. */
final class WriteBatchBuilder {

    private final RocksDB database;
    private final ColumnFamilies columns;
    private final ToLongFunction<String> lastSequence;
    private final IdentifierIndex identifiers;
    private final List<UnitOfWorkWrites> admitted = new ArrayList<>();
    private final List<RecentEvents.Entry> entries = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private LogEnd end;

    /** @param lastSequence returns an aggregate's last sequence number in the log, -1 for none */
    WriteBatchBuilder(
            RocksDB database,
            ColumnFamilies columns,
            LogEnd end,
            ToLongFunction<String> lastSequence,
            IdentifierIndex identifiers) {
        this.database = database;
        this.columns = columns;
        this.end = end;
        this.lastSequence = lastSequence;
        this.identifiers = identifiers;
    }

    List<UnitOfWorkWrites> admitted() {
        return admitted;
    }

    /** The events of all admitted units of work, in the order of their positions. */
    List<RecentEvents.Entry> entries() {
        return entries;
    }

    /** The end of the log after them. */
    LogEnd end() {
        return end;
    }

    /** Adds the admissible writes to the batch and notifies the writers of the others. */
    void admit(List<UnitOfWorkWrites> waiting, WriteBatch batch) throws RocksDBException {
        for (UnitOfWorkWrites writes : waiting) {
            RuntimeException refusal = refusalOf(writes);
            if (refusal != null) {
                writes.durable().completeExceptionally(refusal);
                continue;
            }
            admitted.add(writes);
            for (UnitOfWorkWrites.Append append : writes.appends()) {
                put(append, batch);
            }
            for (UnitOfWorkWrites.Row row : writes.rows()) {
                if (row.value() == null) {
                    batch.delete(columns.named(row.column()), KeyEncoding.text(row.key()));
                } else {
                    batch.put(columns.named(row.column()), KeyEncoding.text(row.key()), row.value());
                }
            }
        }
        if (!entries.isEmpty()) {
            end.put(batch);
        }
    }

    private void put(UnitOfWorkWrites.Append append, WriteBatch batch) throws RocksDBException {
        end = EventRows.put(
                batch,
                columns,
                end,
                append.encoded(),
                append.event().getIdentifier(),
                append.aggregateId(),
                append.sequence());
        entries.add(new RecentEvents.Entry(end.head(), append.event()));
    }

    /** Null if no name is taken, in the log or within this batch. */
    private RuntimeException refusalOf(UnitOfWorkWrites writes) throws RocksDBException {
        Set<String> own = new HashSet<>();
        for (UnitOfWorkWrites.Append append : writes.appends()) {
            String event = append.event().getIdentifier();
            if (append.isOfAggregate()) {
                String name = append.aggregateId() + '\0' + append.sequence();
                if (taken.contains(name) || !own.add(name) || isTaken(append)) {
                    return append.whenTaken()
                            .apply(new AlreadyWrittenException("Event %d of aggregate %s is written already"
                                    .formatted(append.sequence(), append.aggregateId())));
                }
            }
            if (taken.contains(event) || !own.add(event) || identifiers.isWritten(event, append.freeAt())) {
                return append.whenTaken().apply(AlreadyWrittenException.of(append.event()));
            }
        }
        taken.addAll(own);
        return null;
    }

    /** A search for the last event of a new aggregate is not needed: one row tells whether its first event exists. */
    private boolean isTaken(UnitOfWorkWrites.Append append) throws RocksDBException {
        boolean mayBe = append.sequence() == 0 || append.sequence() <= lastSequence.applyAsLong(append.aggregateId());
        return mayBe
                && database.get(columns.sequences(), KeyEncoding.sequence(append.aggregateId(), append.sequence()))
                        != null;
    }
}
