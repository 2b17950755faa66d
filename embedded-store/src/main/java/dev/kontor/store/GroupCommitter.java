package dev.kontor.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's single writer. It takes whatever waits, gives events their positions, writes all of it as one batch with
 * one sync, and only then tells those who wait. While it syncs the next group gathers.
 */
final class GroupCommitter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GroupCommitter.class);

    static final int WAITING_AT_MOST = 10_000;
    static final long PATIENCE_MILLIS = 2_000;
    private static final long IDLE_MILLIS = 100;
    private static final int GROUP_AT_MOST = 1_000;
    private static final int KNOWN_SEQUENCES = 50_000;

    private final ColumnFamilies columns;
    private final RocksDB database;
    private final RecentEvents tail;
    private final StoreListener watcher;
    private final String id = UUID.randomUUID().toString();
    private final CommitQueue waiting;
    private final DiskSpace space;
    private final LongAdder refusedFull = new LongAdder();
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final Thread thread;
    private volatile boolean closed;
    private volatile Throwable stoppedBy;

    // Of the committer's thread alone.
    private LogEnd end;
    private final IdentifierIndex identifiers;
    private final Map<String, Long> lastSequences = new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > KNOWN_SEQUENCES;
        }
    };

    GroupCommitter(
            RocksDB database,
            ColumnFamilies columns,
            RecentEvents tail,
            LogEnd end,
            StoreListener watcher,
            CommitQueue waiting,
            DiskSpace space) {
        this.database = database;
        this.columns = columns;
        this.tail = tail;
        this.end = end;
        this.watcher = watcher;
        this.identifiers = new IdentifierIndex(database, columns, end.head(), IdentifierIndex.REMEMBERED);
        this.waiting = waiting;
        this.space = space;
        this.thread = Thread.ofPlatform().name("log-committer").start(this::run);
    }

    String id() {
        return id;
    }

    /**
     * Writes it; on return it is durable.
     *
     * @throws RuntimeException what the append asks for where its sequence number or identifier is taken
     * @throws StoreOverloadedException where too much is waiting; nothing of it is in the store then
     * @throws StoreFullException where the disk has no room; nothing of it is in the store then
     * @throws StoreException where it cannot be written
     */
    void commit(UnitOfWorkWrites writes) {
        writes.markSubmitted();
        if (writes.isEmpty()) {
            return;
        }
        try {
            refuseWhereEnded();
            waiting.enter(writes);
            if (closed && waiting.leave(writes)) {
                throw new StoreException("The event store is closed");
            }
            writes.durable().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted before it could be written", e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void refuseWhereEnded() {
        if (closed) {
            throw new StoreException("The event store is closed");
        }
        if (stoppedBy != null) {
            throw stopped();
        }
    }

    private StoreStoppedException stopped() {
        return new StoreStoppedException(stoppedBy);
    }

    boolean isStopped() {
        return stoppedBy != null;
    }

    CommitQueue waiting() {
        return waiting;
    }

    DiskSpace space() {
        return space;
    }

    /** Writes refused because the disk was full. */
    long refusedFull() {
        return refusedFull.sum();
    }

    private void run() {
        List<UnitOfWorkWrites> group = new ArrayList<>(GROUP_AT_MOST);
        while (!closed || !waiting.isEmpty()) {
            group.clear();
            try {
                waiting.take(group, GROUP_AT_MOST, IDLE_MILLIS);
                write(group);
            } catch (InterruptedException e) {
                log.warn("the committer was interrupted; only close() ends it");
            } catch (Throwable e) {
                // Were this thread to die, everybody who waits would wait for ever.
                stop(e);
            }
            // Whoever was told already is not told again.
            if (stoppedBy != null) {
                group.forEach(writes -> writes.durable().completeExceptionally(stopped()));
            }
            waiting.done(group);
        }
    }

    /**
     * After a failed write nobody knows what of it is on the disk: only reading the log again, at the next opening, can
     * tell. Positions given out before that might be given out twice.
     */
    private void stop(Throwable cause) {
        log.error("a write failed; the event store takes no more until it is opened again", cause);
        stoppedBy = cause;
    }

    private void write(List<UnitOfWorkWrites> requests) {
        if (stoppedBy != null || requests.isEmpty() || isRefusedForSpace(requests)) {
            return;
        }
        WriteBatchBuilder group = new WriteBatchBuilder(database, columns, end, this::knownSequence, identifiers);
        try (WriteBatch batch = new WriteBatch()) {
            try {
                group.admit(requests, batch);
            } catch (RocksDBException | RuntimeException e) {
                log.error("{} writes could not be prepared; nothing of them is in the event store", requests.size(), e);
                StoreException failure =
                        new StoreException("The event store could not be written: " + e.getMessage(), e);
                requests.forEach(writes -> writes.durable().completeExceptionally(failure));
                return;
            }
            if (group.admitted().isEmpty()) {
                return;
            }
            StoreListener.Group size = new StoreListener.Group(
                    group.admitted().size(), group.entries().size(), batch.getDataSize());
            watcher.writing(size);
            long begin = System.nanoTime();
            database.write(synced, batch);
            watcher.written(size, Duration.ofNanos(System.nanoTime() - begin));
        } catch (RocksDBException e) {
            stop(e);
            return;
        }
        end = group.end();
        group.entries().forEach(identifiers::remember);
        // Rows are shown before events: who handles an event must find what was written with it.
        group.admitted().forEach(this::afterwards);
        // The head moves before anybody is told: who has appended an event must find it when reading.
        tail.remember(group.entries());
        group.admitted().forEach(writes -> writes.durable().complete(null));
        // Those who wait go on first: readers of the tail may be many.
        if (!group.entries().isEmpty()) {
            tail.wakeAll();
        }
    }

    /** Refused before anything is written: a write that fails halfway would stop the store. */
    private boolean isRefusedForSpace(List<UnitOfWorkWrites> requests) {
        if (!space.isShortFor(
                requests.stream().mapToLong(UnitOfWorkWrites::bytes).sum())) {
            return false;
        }
        StoreFullException refusal = space.refusal();
        refusedFull.add(requests.size());
        requests.forEach(writes -> writes.durable().completeExceptionally(refusal));
        return true;
    }

    private void afterwards(UnitOfWorkWrites writes) {
        for (UnitOfWorkWrites.Append append : writes.appends()) {
            if (append.isOfAggregate()) {
                lastSequences.merge(append.aggregateId(), append.sequence(), Math::max);
            }
        }
        writes.afterwards().forEach(Runnable::run);
    }

    private long knownSequence(String aggregateId) {
        return lastSequences.computeIfAbsent(aggregateId, this::lastSequence);
    }

    /** By one seek backwards from behind the aggregate's last possible event; -1 where it has none. */
    long lastSequence(String aggregateId) {
        try (RocksIterator events = database.newIterator(columns.sequences())) {
            events.seekForPrev(KeyEncoding.sequence(aggregateId, Long.MAX_VALUE));
            // "Cannot be read" must never look like "has none": its sequence numbers would be given out again.
            events.status();
            return events.isValid() && KeyEncoding.isOf(events.key(), aggregateId)
                    ? KeyEncoding.sequence(events.key())
                    : -1;
        } catch (RocksDBException e) {
            throw new StoreException("The index of aggregates cannot be read", e);
        }
    }

    /** Writes what waits, then ends. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        waiting.endAll(new StoreException("The event store is closed"));
        synced.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
