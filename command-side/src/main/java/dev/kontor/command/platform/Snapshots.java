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
 * Makes snapshots of aggregates with long histories, so that reading one costs what its state costs, not what its history
 * does. It works on a thread of its own, from what is in the log: no command, no lock and no event waits for it. A
 * snapshot that fails, or for which there is no room in the queue, is only missing: the aggregate is read from its events.
 *
 * <p>An aggregate asks every {@value #EVENTS} events. One with much open in it ({@link SizedAggregate}) gets a snapshot only
 * after at least a quarter as many events as its last one had entries. So each event pays for at most four entries, and
 * what is read behind a snapshot is at most {@value #EVENTS} events more than a quarter of its entries.
 */
public final class Snapshots extends AggregateSnapshotter implements AutoCloseable {

    /** The bean that tells an aggregate when to ask. */
    public static final String TRIGGER = "snapshotOfLongHistory";

    static final int EVENTS = 200;
    private static final int ENTRIES_AN_EVENT = 4;
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_KNOWN = 20_000;
    private static final long PATIENCE_SECONDS = 10;

    private static final Logger log = LoggerFactory.getLogger(Snapshots.class);

    /** The last snapshot of an aggregate, and how much its state had to list when it was last looked at. */
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

    /** Returns at once, and never throws: the command that asks has succeeded. */
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
            log.debug("no snapshot of {} this time: too many are waiting, or this is the end", aggregateId);
        }
    }

    private void make(Class<?> aggregateType, String aggregateId) {
        try {
            Known last = known.getIfPresent(aggregateId);
            if (last == null || isDue(aggregateId, last)) {
                // On this thread, which is in no unit of work: at once, and written by itself.
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

    /** Null where it is too early for one. */
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

    /** Lets the one under way finish; those that wait are not made. */
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
