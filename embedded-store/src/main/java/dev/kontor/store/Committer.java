package dev.kontor.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The book's single writer. It takes whatever waits, gives events their positions, writes all of it as one batch with
 * one sync, and only then tells those who wait. While it syncs the next group gathers.
 */
final class Committer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Committer.class);

    private static final int WAITING_AT_MOST = 10_000;
    private static final long PATIENCE_MILLIS = 2_000;
    private static final int GROUP_AT_MOST = 1_000;
    private static final int KNOWN_SEQUENCES = 50_000;

    private final Columns columns;
    private final RocksDB database;
    private final Tail tail;
    private final String id = UUID.randomUUID().toString();
    private final BlockingQueue<PendingWrites> queue = new ArrayBlockingQueue<>(WAITING_AT_MOST);
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final Thread thread;
    private volatile boolean closed;

    // Of the committer's thread alone.
    private long head;
    private int chain;
    private final Map<String, Long> lastSequences = new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > KNOWN_SEQUENCES;
        }
    };

    /** @param head the last position that is written, -1 for none @param chain the chain at that position */
    Committer(RocksDB database, Columns columns, Tail tail, long head, int chain) {
        this.database = database;
        this.columns = columns;
        this.tail = tail;
        this.head = head;
        this.chain = chain;
        this.thread = Thread.ofPlatform().name("book-committer").start(this::run);
    }

    String id() {
        return id;
    }

    /**
     * Writes it; on return it is durable.
     *
     * @throws ConcurrencyException or {@link AggregateStreamCreationException} where the sequence number is taken
     * @throws BookOverloadedException where too much is waiting
     * @throws BookException where it cannot be written; nothing of it is in the book then
     */
    void commit(PendingWrites writes) {
        writes.markSubmitted();
        if (writes.isEmpty()) {
            return;
        }
        try {
            if (closed) {
                throw new BookException("The book is closed");
            }
            if (!queue.offer(writes, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new BookOverloadedException(queue.size());
            }
            if (closed && queue.remove(writes)) {
                throw new BookException("The book is closed");
            }
            writes.durable().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BookException("Interrupted before it could be written", e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void run() {
        List<PendingWrites> group = new ArrayList<>(GROUP_AT_MOST);
        while (!closed || !queue.isEmpty()) {
            group.clear();
            try {
                PendingWrites first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                group.add(first);
                queue.drainTo(group, GROUP_AT_MOST - 1);
                write(group);
            } catch (InterruptedException e) {
                log.warn("the committer was interrupted; only close() ends it");
            }
        }
    }

    private void write(List<PendingWrites> group) {
        List<PendingWrites> admitted = new ArrayList<>(group.size());
        List<Tail.Entry> entries = new ArrayList<>();
        Set<String> claimed = new HashSet<>();
        long position = head;
        int link = chain;
        try (WriteBatch batch = new WriteBatch()) {
            for (PendingWrites writes : group) {
                RuntimeException refusal = refusalOf(writes, claimed);
                if (refusal != null) {
                    writes.durable().completeExceptionally(refusal);
                    continue;
                }
                admitted.add(writes);
                for (PendingWrites.Append append : writes.appends()) {
                    position++;
                    link = EventRecord.chain(append.encoded(), link, position);
                    byte[] key = Keys.position(position);
                    batch.put(columns.events(), key, append.encoded());
                    if (append.isOfAggregate()) {
                        batch.put(columns.sequences(), Keys.sequence(append.aggregateId(), append.sequence()), key);
                    }
                    entries.add(new Tail.Entry(position, append.event()));
                }
                for (PendingWrites.Row row : writes.rows()) {
                    if (row.value() == null) {
                        batch.delete(columns.named(row.key().column()), Keys.text(row.key().key()));
                    } else {
                        batch.put(columns.named(row.key().column()), Keys.text(row.key().key()), row.value());
                    }
                }
            }
            if (admitted.isEmpty()) {
                return;
            }
            database.write(synced, batch);
        } catch (RocksDBException | RuntimeException e) {
            log.error("{} writes failed; nothing of them is in the book", admitted.size(), e);
            lastSequences.clear();
            BookException failure = new BookException("The book could not be written: " + e.getMessage(), e);
            group.forEach(writes -> writes.durable().completeExceptionally(failure));
            return;
        }
        head = position;
        chain = link;
        admitted.forEach(writes -> {
            writes.appends().stream()
                    .filter(PendingWrites.Append::isOfAggregate)
                    .forEach(append -> lastSequences.merge(append.aggregateId(), append.sequence(), Math::max));
            writes.afterwards().forEach(Runnable::run);
        });
        // Those who wait go on first: readers of the tail may be many.
        admitted.forEach(writes -> writes.durable().complete(null));
        tail.publish(entries);
    }

    /** Null where every sequence number is free, in the log and among those written with it. */
    private RuntimeException refusalOf(PendingWrites writes, Set<String> claimed) {
        Set<String> own = new HashSet<>();
        for (PendingWrites.Append append : writes.appends()) {
            if (!append.isOfAggregate()) {
                continue;
            }
            String name = append.aggregateId() + '\0' + append.sequence();
            if (claimed.contains(name) || !own.add(name) || isTaken(append)) {
                String message = "Event %d of aggregate %s is written already"
                        .formatted(append.sequence(), append.aggregateId());
                return append.sequence() == 0
                        ? new AggregateStreamCreationException(message)
                        : new ConcurrencyException(message);
            }
        }
        claimed.addAll(own);
        return null;
    }

    private boolean isTaken(PendingWrites.Append append) {
        long last = lastSequences.computeIfAbsent(append.aggregateId(), this::lastSequence);
        if (append.sequence() > last) {
            return false;
        }
        try {
            return database.get(columns.sequences(), Keys.sequence(append.aggregateId(), append.sequence())) != null;
        } catch (RocksDBException e) {
            throw new BookException("The index of aggregates cannot be read", e);
        }
    }

    /** By one seek backwards from behind the aggregate's last possible event; -1 where it has none. */
    long lastSequence(String aggregateId) {
        try (RocksIterator events = database.newIterator(columns.sequences())) {
            events.seekForPrev(Keys.sequence(aggregateId, Long.MAX_VALUE));
            return events.isValid() && Keys.isOf(events.key(), aggregateId) ? Keys.sequence(events.key()) : -1;
        }
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        for (PendingWrites late = queue.poll(); late != null; late = queue.poll()) {
            late.durable().completeExceptionally(new BookException("The book is closed"));
        }
        synced.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
