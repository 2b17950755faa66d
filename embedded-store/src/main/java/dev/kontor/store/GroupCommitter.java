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
 * The store's single writer. It takes all waiting writes, assigns positions to their events, commits them as one batch
 * with one sync, and then releases the waiting threads. The next group gathers during the sync, and, of several writers,
 * for some milliseconds after it ({@link Gathering}).
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

    // Used by the committer's thread only.
    private LogEnd end;
    private final Gathering gathering = new Gathering(System.nanoTime());
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
     * Commits the writes; on return they are durable.
     *
     * @throws RuntimeException the one that the append names, if its sequence number or identifier is taken
     * @throws StoreOverloadedException if too much is waiting; the store then has none of the writes
     * @throws StoreFullException if the disk is full; the store then has none of the writes
     * @throws StoreException if the writes fail
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

    /** The number of writes refused because the disk was full. */
    long refusedFull() {
        return refusedFull.sum();
    }

    private void run() {
        List<UnitOfWorkWrites> group = new ArrayList<>(GROUP_AT_MOST);
        while (!closed || !waiting.isEmpty()) {
            group.clear();
            try {
                waiting.take(group, GROUP_AT_MOST, IDLE_MILLIS, gathering);
                write(group);
            } catch (InterruptedException e) {
                log.warn("the committer was interrupted; only close() ends it");
            } catch (Throwable e) {
                // If this thread ended, all waiting threads would wait without end.
                stop(e);
            }
            // Writes that have already completed are not completed again.
            if (stoppedBy != null) {
                group.forEach(writes -> writes.durable().completeExceptionally(stopped()));
            }
            waiting.done(group);
        }
    }

    /**
     * After a failed write it is unknown which part of it is on the disk until the next opening reads the log. Further
     * writes might assign the same positions twice.
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
        // Rows are visible before events: a handler of an event must find the rows written with it.
        group.admitted().forEach(this::afterwards);
        // The head moves before waiting threads continue: a thread that has appended an event must be able to read it.
        tail.remember(group.entries());
        group.admitted().forEach(writes -> writes.durable().complete(null));
        // Waiting writers continue first: there may be many readers.
        if (!group.entries().isEmpty()) {
            tail.wakeAll(group.entries());
        }
    }

    /** Refused before anything is written: a partly failed write would stop the store. */
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

    /** Seeks once, backwards from the aggregate's last possible event; -1 if it has none. */
    long lastSequence(String aggregateId) {
        try (RocksIterator events = database.newIterator(columns.sequences())) {
            events.seekForPrev(KeyEncoding.sequence(aggregateId, Long.MAX_VALUE));
            // A failed read must never look like "no events": sequence numbers would be assigned twice.
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
