package dev.kontor.query.operations;

import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.query.platform.Generations;
import dev.kontor.query.platform.Generations.State;
import dev.kontor.query.platform.Slot;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.query.platform.ViewWriter;
import dev.kontor.side.platform.DeadLetters;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two generations of one view. Each step is noted in the store before it counts, so that the process can end
 * between any two of them and goes on after a restart.
 */
final class ViewRebuild {

    private static final Logger log = LoggerFactory.getLogger(ViewRebuild.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    /** So many events before the end of the log, the other generation is compared and can be switched to. */
    private static final long NEARLY = 200;
    /** For reads that wait for a write meanwhile, this is a part of their own 2 s. */
    private static final Duration SWITCH_WITHIN = Duration.ofSeconds(1);

    private static final Duration READ_ON_WITHIN = Duration.ofSeconds(10);

    private final View view;
    private final ViewStore store;
    private final ViewWriter writer;
    private final Processors processors;
    private final OtherProcessor other;
    private final DeadLetters letters;

    /** The build of this process that is reported; null before the first one. */
    private ViewBuild build;

    private Comparison comparison;
    private volatile boolean closing;

    ViewRebuild(
            View view,
            ViewStore store,
            ViewWriter writer,
            Processors processors,
            OtherProcessor other,
            DeadLetters letters) {
        this.view = view;
        this.store = store;
        this.writer = writer;
        this.processors = processors;
        this.other = other;
        this.letters = letters;
    }

    private Generations now() {
        return store.generations(view);
    }

    private Slot otherSlot() {
        return now().live().other();
    }

    /** After a start: the other generation goes on. One of another schema is of no use. */
    synchronized void continueAfterStart() {
        Generations known = now();
        if (known.state() == State.NONE) {
            if (other.storedPosition() > 0) {
                store.startOver(view, otherSlot());
            }
            return;
        }
        if (known.schema() != view.schema() || known.state() == State.FAILED) {
            empty();
            return;
        }
        switch (known.state()) {
            case BUILDING -> build(known);
            case PAUSED -> {
                begun(known);
                build.end(ViewBuild.State.PAUSED);
            }
            case BUILT -> {
                begun(known);
                build.end(ViewBuild.State.READY);
                startAndWatch();
            }
            default -> startOther();
        }
    }

    synchronized void begin(Rebuilds.Plan plan) {
        State state = now().state();
        if (state == State.BUILDING || state == State.PAUSED || state == State.BUILT) {
            throw Rebuilds.running();
        }
        empty();
        store.note(view, now().building(view, plan.switchesItself(), plan.share()));
        log.info("view {}: rebuild begins, generation {}", view.name(), now().other());
        build(now());
    }

    private void begun(Generations generations) {
        build = new ViewBuild(generations.other(), false);
        build.read(other.storedPosition(), processors.head());
    }

    private void build(Generations generations) {
        begun(generations);
        startAndWatch();
    }

    private void startAndWatch() {
        startOther();
        ViewBuild watched = build;
        Thread.ofVirtual().name("rebuild-" + view.name()).start(() -> watch(watched));
    }

    private void startOther() {
        other.start(() -> now().state() == State.BUILDING ? now().share() : 100);
    }

    /** Waits until a build has read the log. */
    private void watch(ViewBuild watched) {
        try {
            while (isStill(watched) && !isNearly()) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
            if (isStill(watched)) {
                built(watched, compared());
            }
            while (isToSwitch(watched) && !switchesOver()) {
                readOn();
            }
        } catch (RuntimeException e) {
            fail(watched, e);
        }
    }

    /** Null if documents that readers see cannot be read: then the new generation is all the more needed. */
    private Comparison compared() {
        try {
            return new ComparedGenerations(store, view, this::readOn).run();
        } catch (RuntimeException e) {
            log.warn("view {}: its generations cannot be compared", view.name(), e);
            return null;
        }
    }

    private synchronized boolean isStill(ViewBuild watched) {
        return !closing && build == watched && now().state() == State.BUILDING;
    }

    private synchronized boolean isNearly() {
        return other.position() >= processors.head() - NEARLY;
    }

    /** Waits until both generations have read what the log has now. */
    private boolean readOn() {
        long head = processors.head();
        long begin = System.nanoTime();
        while (!closing && System.nanoTime() - begin < READ_ON_WITHIN.toNanos()) {
            if (other.position() >= head && processors.position(view) >= head) {
                return true;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return false;
    }

    private synchronized void built(ViewBuild watched, Comparison found) {
        if (!isStill(watched)) {
            return;
        }
        comparison = found;
        store.note(view, now().state(State.BUILT));
        build.at(other.position());
        build.end(ViewBuild.State.READY);
        log.info("view {}: generation {} is built", view.name(), now().other());
        if (found != null && !found.isEqual()) {
            log.info("view {}: generation {} has other documents: {}", view.name(), now().other(), found);
        }
    }

    private synchronized boolean isToSwitch(ViewBuild watched) {
        return !closing && build == watched && now().state() == State.BUILT && now().switchesItself();
    }

    private synchronized boolean switchesOver() {
        try {
            switchOver();
            return true;
        } catch (RefusedException behind) {
            log.warn("view {}: {}; the switch is tried again", view.name(), behind.getMessage());
            return false;
        }
    }

    private synchronized void fail(ViewBuild watched, RuntimeException cause) {
        if (isStill(watched) || !closing && now().state() == State.BUILT) {
            log.error("view {}: rebuild failed", view.name(), cause);
            build.failed();
            other.stop();
            store.note(view, now().state(State.FAILED));
        }
    }

    synchronized void pause() {
        require(State.BUILDING);
        other.stop();
        store.note(view, now().state(State.PAUSED));
        build.at(other.position());
        build.end(ViewBuild.State.PAUSED);
    }

    synchronized void resume() {
        require(State.PAUSED);
        store.note(view, now().state(State.BUILDING));
        build(now());
    }

    synchronized void drop() {
        State state = now().state();
        if (state == State.NONE) {
            throw Rebuilds.wrongState();
        }
        empty();
        if (state != State.PREVIOUS && build != null) {
            build.end(ViewBuild.State.CANCELLED);
        }
    }

    /** Noted first: a generation that is noted has all its documents. */
    private void empty() {
        other.stop();
        comparison = null;
        store.note(view, now().alone());
        store.startOver(view, otherSlot());
    }

    private void require(State state) {
        if (now().state() != state) {
            throw Rebuilds.wrongState();
        }
    }

    /**
     * Both generations stand still for the moment of the switch, and the other one shows all that the live one shows:
     * so no read after it is older than one before it. Reads go on meanwhile.
     */
    synchronized void switchOver() {
        State state = now().state();
        if (state != State.BUILT && state != State.PREVIOUS) {
            throw Rebuilds.wrongState();
        }
        long begin = System.nanoTime();
        try {
            processors.stop(view);
            awaitOther(processors.storedPosition(view));
            other.stop();
            letters.whileNoneIsRetried(view.name(), this::noteSwitched);
            processors.forgetPosition(view);
        } finally {
            if (!closing) {
                processors.of(view).start();
                if (now().state() != State.NONE) {
                    startOther();
                }
            }
        }
        writer.switched(view);
        if (now().state() == State.NONE) {
            store.startOver(view, otherSlot());
        }
        if (state == State.BUILT) {
            build.end(ViewBuild.State.DONE);
        }
        log.info(
                "view {}: readers see generation {} from now on; the switch took {} ms",
                view.name(),
                now().generation(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }

    /** A generation with dead letters is not kept: without their events it is of no use. */
    private void noteSwitched() {
        long left = letters.fill(view.name()).letters();
        Generations switched = now().switched();
        store.note(view, left == 0 ? switched : switched.alone());
        if (left > 0) {
            log.info("view {}: generation {} had {} dead letters and is dropped", view.name(), switched.other(), left);
        }
    }

    private void awaitOther(long position) {
        long begin = System.nanoTime();
        while (other.position() < position) {
            if (System.nanoTime() - begin > SWITCH_WITHIN.toNanos()) {
                throw Rebuilds.behind();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Null if no rebuild was reported by this process. */
    synchronized ViewBuild.Progress progress() {
        return build == null ? null : build.at(other.position());
    }

    long live() {
        return now().generation();
    }

    synchronized OtherGeneration other() {
        Generations known = now();
        return known.state() == State.NONE
                ? OtherGeneration.NONE
                : new OtherGeneration(
                        known.other(),
                        known.state(),
                        other.position(),
                        known.switchesItself(),
                        known.share(),
                        other.failure(),
                        comparison);
    }

    /** The process ends: what is noted stays. */
    void close() {
        closing = true;
        synchronized (this) {
            other.stop();
        }
    }
}
