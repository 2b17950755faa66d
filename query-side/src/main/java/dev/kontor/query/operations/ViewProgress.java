package dev.kontor.query.operations;

import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.query.platform.Views;
import dev.kontor.side.platform.ProcessorPauses;
import dev.kontor.side.platform.StorePreparation;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** How far the views have read the log. Positions and heads are counts of events. Safe for many threads. */
@Component
public class ViewProgress implements StorePreparation {

    private final Processors processors;
    private final Views views;
    private final ViewStore store;
    private final ProcessorPauses pauses;
    private volatile Map<View, ViewBuild> firstBuilds = Map.of();
    private volatile boolean caughtUp;

    ViewProgress(Processors processors, Views views, ViewStore store, ProcessorPauses pauses) {
        this.processors = processors;
        this.views = views;
        this.store = store;
        this.pauses = pauses;
    }

    /**
     * One view.
     *
     * @param from its position at start
     * @param head the log's head at start: the position that the view must reach
     */
    public record Progress(String view, long from, long position, long head, long eventsPerSecond) {

        /** Events read since start, up to the head at start. */
        public long read() {
            return position - from;
        }

        boolean isThere() {
            return position >= head;
        }

        private String line() {
            long percent = head == 0 ? 100 : 100 * position / head;
            return String.format(
                    Locale.ROOT,
                    "%s %d %% (%,d of %,d events, %,d events/s)",
                    view,
                    percent,
                    position,
                    head,
                    eventsPerSecond);
        }
    }

    /** The processors start after this; readiness requires that the views show the log as of now. */
    @Override
    public void prepare() {
        long head = processors.head();
        Map<View, ViewBuild> builds = new HashMap<>();
        for (View view : views.all()) {
            ViewBuild first =
                    new ViewBuild(view.isLocal() ? 1 : store.generations(view).generation());
            first.read(Math.min(processors.storedPosition(view), head), head);
            builds.put(view, first);
        }
        firstBuilds = builds;
    }

    /** Whether every view that is not paused has once shown the log as of start. Once true it stays true. */
    public boolean caughtUp() {
        if (!caughtUp && !firstBuilds.isEmpty()) {
            caughtUp = views.all().stream()
                    .allMatch(view ->
                            pauses.isPaused(view.name()) || firstProgress(view).isThere());
        }
        return caughtUp;
    }

    /** The progress of every view towards the head at start. */
    public List<Progress> views() {
        return views.all().stream().map(this::firstProgress).toList();
    }

    /** For the console: which views are not up to date, and their rate. */
    public String line() {
        List<Progress> pending =
                views().stream().filter(progress -> !progress.isThere()).toList();
        if (pending.isEmpty()) {
            return "views are up to date";
        }
        boolean anew = pending.stream().anyMatch(progress -> progress.from == 0);
        return (anew ? "rebuilding views: " : "views are catching up: ")
                + pending.stream().map(Progress::line).collect(Collectors.joining(", "));
    }

    private Progress firstProgress(View view) {
        ViewBuild.Progress first = of(view);
        return new Progress(view.name(), first.from(), first.done(), first.total(), first.eventsPerSecond());
    }

    /** What the view has to read after start, and has read. */
    ViewBuild.Progress of(View view) {
        return firstBuilds.get(view).at(processors.position(view));
    }
}
