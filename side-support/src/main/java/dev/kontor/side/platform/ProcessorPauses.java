package dev.kontor.side.platform;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.eventhandling.pooled.MaxSegmentProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Pauses event processors. A paused one claims no segment, in no instance: it releases those that it has after the batch
 * that is handled now. Another instance notices a pause within about a second. Safe for many threads.
 */
@Component
public class ProcessorPauses implements StorePreparation, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ProcessorPauses.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final PausedProcessors stored;
    private volatile Set<String> paused = Set.of();
    private final RepeatedLook looking = new RepeatedLook(
            "processors-paused",
            this::look,
            failure -> log.warn("paused event processors cannot be read at the moment: {}", failure.toString()));

    ProcessorPauses(PausedProcessors stored) {
        this.stored = stored;
    }

    /** Nothing is ever paused. */
    public static ProcessorPauses none() {
        return new ProcessorPauses(PausedProcessors.none());
    }

    /** Before the processors start. */
    @Override
    public void prepare() {
        look();
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        looking.start(BETWEEN_LOOKS);
    }

    @Override
    public void destroy() {
        looking.stop();
    }

    private synchronized void look() {
        paused = Set.copyOf(stored.all());
    }

    public boolean isPaused(String processor) {
        return paused.contains(processor);
    }

    synchronized void pause(String processor) {
        stored.add(processor);
        Set<String> more = new HashSet<>(paused);
        more.add(processor);
        paused = Set.copyOf(more);
    }

    synchronized void resume(String processor) {
        stored.remove(processor);
        Set<String> fewer = new HashSet<>(paused);
        fewer.remove(processor);
        paused = Set.copyOf(fewer);
    }

    /** The number of segments that a processor may claim here: those of this share, none while it is paused. */
    MaxSegmentProvider limit(MaxSegmentProvider share) {
        return processor -> isPaused(processor) ? 0 : share.getMaxSegments(processor);
    }
}
