package dev.kontor.query.operations;

import dev.kontor.query.QuerySide;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewContents;
import dev.kontor.side.platform.DeadLetters;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Rebuilds of the views that each process keeps for itself. Meanwhile such a view shows what it has read so far.
 */
@Component
class LocalRebuilds implements Rebuilds, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(LocalRebuilds.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Processors processors;
    private final ViewProgress progress;
    private final ViewContents contents;
    private final DeadLetters letters;
    private final Map<View, ViewBuild> builds = new ConcurrentHashMap<>();
    private volatile boolean closing;

    LocalRebuilds(
            Processors processors,
            ViewProgress progress,
            ViewContents contents,
            @Qualifier(QuerySide.LETTERS) DeadLetters letters) {
        this.processors = processors;
        this.progress = progress;
        this.contents = contents;
        this.letters = letters;
    }

    @Override
    public long live(View view) {
        return of(view).generation();
    }

    @Override
    public ViewBuild.Progress of(View view) {
        return builds.containsKey(view) ? builds.get(view).at(processors.position(view)) : progress.of(view);
    }

    @Override
    public void begin(View view, Plan plan) {
        ViewBuild build = next(view);
        if (build == null) {
            throw Rebuilds.running();
        }
        Thread.ofVirtual().name("rebuild-" + view.name()).start(() -> rebuild(view, build));
    }

    /** Replaces the previous build by a rebuild; null if one is running. */
    synchronized ViewBuild next(View view) {
        ViewBuild.Progress before = of(view);
        if (before.generation() > 1 && before.state() == ViewBuild.State.RUNNING) {
            return null;
        }
        ViewBuild next = new ViewBuild(before.generation() + 1);
        builds.put(view, next);
        return next;
    }

    private void rebuild(View view, ViewBuild build) {
        log.info("view {}: rebuild begins", view.name());
        PooledStreamingEventProcessor processor = processors.of(view);
        try {
            startOver(view, build);
        } catch (RuntimeException e) {
            fail(view, build, e);
        } finally {
            restart(view, processor, build);
        }
        report(view, build);
    }

    private void startOver(View view, ViewBuild build) {
        processors.stop(view);
        long head = processors.head();
        letters.whileNoneIsRetried(view.name(), () -> contents.startOver(view));
        processors.forgetPosition(view);
        build.read(0, head);
    }

    private void restart(View view, PooledStreamingEventProcessor processor, ViewBuild build) {
        if (closing) {
            return;
        }
        try {
            processor.start();
        } catch (RuntimeException e) {
            fail(view, build, e);
        }
    }

    private void report(View view, ViewBuild build) {
        ViewBuild.Progress now = build.at(processors.position(view));
        while (now.state() == ViewBuild.State.RUNNING && !closing) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            now = build.at(processors.position(view));
        }
        if (now.state() == ViewBuild.State.DONE) {
            log.info("view {}: rebuilt from {} events, {} events/s", view.name(), now.total(), now.eventsPerSecond());
        }
    }

    private void fail(View view, ViewBuild build, Exception cause) {
        build.failed();
        log.error("view {}: rebuild failed", view.name(), cause);
    }

    @Override
    public void destroy() {
        closing = true;
    }
}
