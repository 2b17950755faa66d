package dev.kontor.query.operations;

import dev.kontor.grpc.platform.RepeatedWarnings;
import dev.kontor.query.operations.RebuildRecords.Note;
import dev.kontor.query.operations.RebuildRecords.Step;
import dev.kontor.query.platform.Slot;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.query.platform.Views;
import dev.kontor.side.platform.ClusterMember;
import dev.kontor.side.platform.ClusterMembers;
import dev.kontor.side.platform.FailureClassifier;
import dev.kontor.side.platform.RepeatedLook;
import dev.kontor.side.platform.StorePreparation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * Rebuilds where several instances feed the views. The instance that receives the request notes the rebuild and leads
 * it; all instances poll the notes every {@link #BETWEEN_LOOKS}, and stop the view's processor while these require it.
 * The leader resets the tokens, which requires the claims of all segments: an instance that still works on a segment
 * has its claim, so no token is reset under a running batch. If the leader dies, another instance starts over as
 * leader.
 */
class SharedRebuilds implements Rebuilds, StorePreparation, DisposableBean {

    static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    /** The rebuild fails if an instance does not stop within this time. */
    static final Duration STOP = Duration.ofSeconds(60);
    /** An unknown leader may be new: the list of live instances is read every second. */
    private static final Duration UNKNOWN = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(SharedRebuilds.class);

    private final RebuildRecords notes;
    private final SharedProgress progress;
    private final LocalViewRebuilds locals;
    private final Processors processors;
    private final List<View> views;
    private final ViewStore store;
    private final ClusterMember self;
    private final ClusterMembers instances;
    private final RepeatedLook looking = new RepeatedLook(
            "rebuilds-look",
            this::look,
            failure -> log.warn("the notes of rebuilds cannot be read at the moment: {}", failure.toString()));

    private final Map<View, CompletableFuture<Void>> stopped = new ConcurrentHashMap<>();
    private final Map<View, Long> leaderless = new HashMap<>();
    private final Set<View> leading = ConcurrentHashMap.newKeySet();
    private final Set<View> standing = ConcurrentHashMap.newKeySet();
    private final Set<View> shown = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    SharedRebuilds(
            RebuildRecords notes,
            LocalViewRebuilds locals,
            Processors processors,
            Views views,
            ViewStore store,
            ClusterMember self,
            ClusterMembers instances) {
        this.notes = notes;
        this.locals = locals;
        this.progress = new SharedProgress(notes, processors);
        this.processors = processors;
        this.views = views.stored();
        this.store = store;
        this.self = self;
        this.instances = instances;
    }

    @Override
    public void prepare() {
        views.forEach(view -> beginWhereSchemaIsNew(progress.noteOf(view)));
        locals.prepare();
        looking.start(BETWEEN_LOOKS);
    }

    @Override
    public void begin(View view, Plan plan) {
        if (view.isLocal()) {
            locals.begin(view, plan);
            return;
        }
        progress.endWhereDone(progress.noteOf(view));
        Note begun = notes.begin(view, self.id()).orElseThrow(Rebuilds::running);
        log.info("view {}: rebuild begins, generation {}", view.name(), begun.generation());
    }

    @Override
    public long live(View view) {
        return of(view).generation();
    }

    @Override
    public ViewBuild.Progress of(View view) {
        return view.isLocal() ? locals.of(view) : progress.of(view);
    }

    private void look() {
        Map<View, Note> known = notes.all(views);
        for (View view : views) {
            Note note = known.get(view);
            look(note == null ? progress.noteOf(view) : note);
        }
        if (!closing) {
            locals.look();
        }
    }

    private void look(Note note) {
        if (closing) {
            return;
        }
        if (note.schema() != note.view().schema()) {
            standBy(note);
        } else if (note.step() == Step.STOPPING) {
            stop(note.view());
            if (note.leader().equals(self.id())) {
                lead(note);
            } else if (isLeaderless(note) && notes.takeOver(note, self.id())) {
                log.warn(
                        "view {}: {} is gone, the rebuild continues here",
                        note.view().name(),
                        note.leader());
            }
        } else {
            leaderless.remove(note.view());
            start(note.view());
            progress.endWhereDone(note);
            noteShown(note);
        }
    }

    /** Another version feeds the view with different documents. Neither version can read what the other writes. */
    private void standBy(Note note) {
        if (standing.add(note.view())) {
            log.warn(
                    "view {}: its documents have schema {}, and this version makes schema {}: it does not feed the view",
                    note.view().name(),
                    note.schema(),
                    note.view().schema());
        }
        stop(note.view());
    }

    private void beginWhereSchemaIsNew(Note note) {
        if (note.schema() < note.view().schema()) {
            notes.beginSchema(note.view(), self.id())
                    .ifPresent(begun -> log.info(
                            "view {}: its documents get schema {}, rebuild begins, generation {}",
                            note.view().name(),
                            note.view().schema(),
                            begun.generation()));
        }
    }

    private void noteShown(Note note) {
        if (note.step() == Step.DONE || note.step() == Step.FAILED) {
            shown.add(note.view());
        }
    }

    /** Whether each view has been built, by any instance, with the schema of this version. Once true it stays true. */
    boolean areAllShown() {
        return shown.size() == views.size();
    }

    private boolean isLeaderless(Note note) {
        if (instances.isAlive(note.leader())) {
            leaderless.remove(note.view());
            return false;
        }
        long since = leaderless.computeIfAbsent(note.view(), view -> System.nanoTime());
        return System.nanoTime() - since > UNKNOWN.toNanos();
    }

    private void stop(View view) {
        PooledStreamingEventProcessor processor = processors.of(view);
        if (processor.isRunning()) {
            stopped.put(view, processor.shutdownAsync());
        }
    }

    /** Starts only what was stopped here: Axon starts the others. */
    private void start(View view) {
        CompletableFuture<Void> end = stopped.get(view);
        if (end != null && end.isDone() && !leading.contains(view)) {
            processors.of(view).start();
            stopped.remove(view);
        }
    }

    private void lead(Note note) {
        if (leading.add(note.view())) {
            Thread.ofVirtual().name("rebuild-" + note.view().name()).start(() -> {
                try {
                    startOver(note);
                } catch (RuntimeException e) {
                    fail(note, e);
                } finally {
                    leading.remove(note.view());
                }
            });
        }
    }

    /**
     * Tokens before documents: after a crash in between, the log is read over existing documents, instead of continuing
     * at the head without documents. The claims of the reset are released when the documents are deleted.
     */
    private void startOver(Note note) {
        View view = note.view();
        if (!notes.isStill(note)) {
            return;
        }
        resetWhenAllHaveStopped(view);
        if (!notes.isStill(note)) {
            processors.release(view);
            return;
        }
        long head = processors.head();
        store.startOver(view, Slot.FIRST);
        processors.release(view);
        notes.read(note, head);
    }

    private void resetWhenAllHaveStopped(View view) {
        long begin = System.nanoTime();
        while (true) {
            try {
                if (hasStopped(view)) {
                    processors.of(view).resetTokens();
                    return;
                }
            } catch (UnableToClaimTokenException e) {
                if (closing || System.nanoTime() - begin > STOP.toNanos()) {
                    throw e;
                }
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos() / 2);
        }
    }

    /**
     * A stopping processor already reports that it does not run, while it handles its last batches. This process itself
     * holds the claims of those batches, so they would not keep it from resetting the tokens.
     */
    private boolean hasStopped(View view) {
        CompletableFuture<Void> end = stopped.get(view);
        return !processors.of(view).isRunning() && (end == null || end.isDone());
    }

    /**
     * When this process ends, another leads. Where a store is unavailable, its answer was lost, or the failure cannot
     * be noted, the next poll retries: each step is idempotent.
     */
    private void fail(Note note, RuntimeException cause) {
        if (closing) {
            return;
        }
        if (FailureClassifier.isTransient(cause)) {
            log.warn(
                    RepeatedWarnings.SELDOM,
                    "view {}: the rebuild waits for a store: {}",
                    note.view().name(),
                    cause.toString());
            return;
        }
        log.error("view {}: rebuild failed", note.view().name(), cause);
        try {
            processors.release(note.view());
            notes.end(note, Step.FAILED, 0);
        } catch (RuntimeException e) {
            log.error(
                    "view {}: the failure of its rebuild cannot be noted; this is tried again",
                    note.view().name(),
                    e);
        }
    }

    /** Runs before the processors stop at shutdown. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closing = true;
    }

    @Override
    public void destroy() {
        closing = true;
        looking.stop();
    }
}
