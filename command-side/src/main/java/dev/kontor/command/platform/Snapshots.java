package dev.kontor.command.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.AggregateSnapshotter;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes snapshots of aggregates with long histories, so that loading costs depend on the state and not on the history.
 * It works on its own thread, from the log: no command, lock or event handler waits for it. If a snapshot fails, or the
 * queue is full, the aggregate is read from its events.
 *
 * <p>A snapshot is requested every {@value #EVENTS} events. A large {@link SizedAggregate} gets one only after at least
 * a quarter as many events as its last snapshot had entries. So an event causes at most four entries to be written, and
 * a load reads at most {@value #EVENTS} events more than a quarter of the snapshot's entries.
 */
public final class Snapshots extends AggregateSnapshotter implements AutoCloseable {

    /** The bean with the trigger of snapshots. */
    public static final String TRIGGER = "snapshotOfLongHistory";

    static final int EVENTS = 200;
    private static final int ENTRIES_AN_EVENT = 4;
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_KNOWN = 20_000;
    private static final long PATIENCE_SECONDS = 10;

    private static final Logger log = LoggerFactory.getLogger(Snapshots.class);

    /** An aggregate's last snapshot, and the number of entries in its state when last counted. */
    private record Known(long sequence, int entries) {

        boolean isWorthNextAt(long now) {
            return (now - sequence) * ENTRIES_AN_EVENT >= entries;
        }
    }

    private final Configuration configuration;
    private final Cache<String, Known> known =
            Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor worker;

    Snapshots(Configuration configuration) {
        this(configuration, worker(MOST_WAITING));
    }

    Snapshots(Configuration configuration, ThreadPoolExecutor worker) {
        super(builder()
                .eventStore(configuration.eventStore())
                .repositoryProvider(configuration::repository)
                .parameterResolverFactory(configuration.parameterResolverFactory())
                .handlerDefinition(configuration.handlerDefinition(Snapshots.class)));
        this.configuration = configuration;
        this.worker = worker;
    }

    static ThreadPoolExecutor worker(int mostWaiting) {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(mostWaiting),
                Thread.ofPlatform().name("snapshots").daemon().factory());
    }

    /** Returns at once and never throws: the requesting command has succeeded. */
    @Override
    public void scheduleSnapshot(Class<?> aggregateType, String aggregateId) {
        if (CurrentUnitOfWork.isStarted() && CurrentUnitOfWork.get().phase().isBefore(UnitOfWork.Phase.COMMIT)) {
            CurrentUnitOfWork.get().afterCommit(unitOfWork -> enqueue(aggregateType, aggregateId));
        } else {
            enqueue(aggregateType, aggregateId);
        }
    }

    private void enqueue(Class<?> aggregateType, String aggregateId) {
        if (!waiting.add(aggregateId)) {
            return;
        }
        try {
            worker.execute(() -> {
                waiting.remove(aggregateId);
                make(aggregateType, aggregateId);
            });
        } catch (RejectedExecutionException e) {
            waiting.remove(aggregateId);
            log.debug("no snapshot of {} this time: the queue is full, or the process is shutting down", aggregateId);
        }
    }

    private void make(Class<?> aggregateType, String aggregateId) {
        try {
            Known last = known.getIfPresent(aggregateId);
            if (last == null || isDue(aggregateId, last)) {
                // This thread is in no unit of work, so the snapshot is made and written at once.
                super.scheduleSnapshot(aggregateType, aggregateId);
            }
        } catch (RuntimeException e) {
            tellOfFailure(aggregateId, e);
        }
    }

    private boolean isDue(String aggregateId, Known last) {
        long now = getEventStore().lastSequenceNumberFor(aggregateId).orElse(-1L);
        return now > last.sequence() && last.isWorthNextAt(now);
    }

    @Override
    protected Runnable createSnapshotterTask(Class<?> aggregateType, String aggregateId) {
        Runnable task = super.createSnapshotterTask(aggregateType, aggregateId);
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                known.invalidate(aggregateId);
                tellOfFailure(aggregateId, e);
            }
        };
    }

    private static void tellOfFailure(String aggregateId, RuntimeException e) {
        log.warn("the snapshot of {} failed; it is read from its events until one succeeds", aggregateId, e);
    }

    /** Null if it is too early for a snapshot. */
    @Override
    @SuppressWarnings("rawtypes") // the signature is Axon's
    protected DomainEventMessage createSnapshot(
            Class<?> aggregateType, String aggregateId, DomainEventStream eventStream) {
        long last = eventStream.peek().getSequenceNumber();
        DomainEventMessage<?> made = super.createSnapshot(aggregateType, aggregateId, eventStream);
        int entries = made.getPayload() instanceof SizedAggregate growing ? growing.entries() : 0;
        boolean worthIt = new Known(last, entries).isWorthNextAt(made.getSequenceNumber());
        known.put(aggregateId, new Known(worthIt ? made.getSequenceNumber() : last, entries));
        return worthIt ? made : null;
    }

    @Override
    protected AggregateFactory<?> getAggregateFactory(Class<?> aggregateType) {
        AggregateFactory<?> factory = super.getAggregateFactory(aggregateType);
        if (factory == null) {
            factory = configuration.aggregateFactory(aggregateType);
            registerAggregateFactory(factory);
        }
        return factory;
    }

    /** Finishes the current snapshot, and drops those that wait. */
    @Override
    public void close() {
        worker.shutdown();
        worker.getQueue().clear();
        try {
            if (!worker.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("a snapshot is still being made; its aggregate is read from its events");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
