package dev.kontor.side.platform;

import dev.kontor.grpc.platform.StartException;
import dev.kontor.side.platform.ReadPosition.Lag;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Watches the event processors of this process, every second. A processor is late if the oldest event that it has not
 * read is older than the budget, as far as this process has seen it. It stalls if it has not read one event of those in
 * the log for so long: then it is not slow, it is stopped.
 *
 * <p>The segments of this process count, by the slowest. A processor that has none here counts with the stored progress
 * of all its segments, or else with its last position: it may have released them after a failure.
 */
@Component
public class ProcessorWatch implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ProcessorWatch.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final EventProcessingConfiguration processing;
    private final EventStore events;
    /** Null if this process has all segments. */
    private final SharedTokens shared;

    private final Duration budget;
    private final Map<String, ReadPosition> positions = new ConcurrentHashMap<>();
    private final Map<String, Lag> lags = new ConcurrentHashMap<>();
    private final RepeatedLook looking = new RepeatedLook(
            "processors-look",
            this::look,
            failure -> log.warn("the event processors cannot be watched at the moment: {}", failure.toString()));

    ProcessorWatch(
            @Lazy EventProcessingConfiguration processing,
            EventStore events,
            ObjectProvider<SharedTokens> shared,
            @Value("${kontor.processors.lag-budget:30s}") Duration budget) {
        if (!budget.isPositive()) {
            throw new StartException("kontor.processors.lag-budget is %s; it must be positive".formatted(budget));
        }
        this.processing = processing;
        this.events = events;
        this.shared = shared.getIfAvailable();
        this.budget = budget;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        looking.start(PAUSE);
    }

    @Override
    public void destroy() {
        looking.stop();
    }

    /** Of every processor that has run here, by name. */
    SortedMap<String, Lag> lags() {
        return new TreeMap<>(lags);
    }

    Lag lag(String processor) {
        return lags.getOrDefault(processor, Lag.NONE);
    }

    Duration budget() {
        return budget;
    }

    void look() {
        look(System.nanoTime());
    }

    void look(long now) {
        Map<String, Long> read = new HashMap<>();
        processing.eventProcessors().forEach((name, processor) -> {
            if (processor instanceof StreamingEventProcessor streaming) {
                position(name, streaming).ifPresent(position -> read.put(name, position));
            }
        });
        // The end after the positions: no processor is ahead of the log.
        long end = position(events.createHeadToken());
        read.forEach((name, position) -> note(
                name,
                positions
                        .computeIfAbsent(name, _ -> new ReadPosition(position, now))
                        .look(position, end, now)));
    }

    private void note(String name, Lag lag) {
        Lag before = lags.put(name, lag);
        boolean wasStalled = before != null && isOverBudget(before.stall());
        if (isOverBudget(lag.stall()) && !wasStalled) {
            log.warn("the event processor {} does not move, and {} events wait for it", name, lag.events());
        } else if (wasStalled && !isOverBudget(lag.stall())) {
            log.warn("the event processor {} moves again", name);
        }
    }

    /** Empty for a processor that never had a segment. */
    private OptionalLong position(String name, StreamingEventProcessor processor) {
        OptionalLong own = slowest(processor.processingStatus().values().stream()
                .map(status -> Optional.ofNullable(status.getTrackingToken())));
        if (own.isPresent()) {
            return own;
        }
        OptionalLong stored = shared == null ? OptionalLong.empty() : slowest(shared.of(name).stream());
        ReadPosition known = positions.get(name);
        return stored.isPresent() || known == null ? stored : OptionalLong.of(known.position());
    }

    boolean isOverBudget(Duration lag) {
        return lag.compareTo(budget) > 0;
    }

    private static OptionalLong slowest(Stream<Optional<TrackingToken>> segments) {
        return segments.mapToLong(token -> position(token.orElse(null))).min();
    }

    private static long position(TrackingToken token) {
        return token == null ? -1 : token.position().orElse(-1);
    }
}
