package dev.kontor.side.platform;

import dev.kontor.grpc.platform.StartException;
import dev.kontor.side.platform.ReadPosition.Lag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Watches the event processors of this process, every second. A processor is late if the oldest event that it has not
 * read is older than the budget, as far as this process has seen it. It stalls if it has not finished a batch for so
 * long, although there are events.
 *
 * <p>The slowest segment counts, whichever process has it: by the stored progress where processes share segments.
 */
@Component
public class ProcessorWatch implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ProcessorWatch.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long NONE_READ = -1;

    private final EventProcessingConfiguration processing;
    private final EventStore events;
    /** The stored tokens of a processor whose segments processes share; none of any other. */
    private final Function<String, List<Optional<TrackingToken>>> shared;

    private final Duration budget;
    private final ProcessorPauses pauses;
    private final Map<String, ReadRate> rates = new ConcurrentHashMap<>();
    private final Map<String, ReadPosition> positions = new ConcurrentHashMap<>();
    /** The last position of each segment that this process had, by processor. */
    private final Map<String, Map<Integer, Long>> segments = new HashMap<>();

    private final Map<String, Lag> lags = new ConcurrentHashMap<>();
    private long end = NONE_READ;
    private final RepeatedLook looking = new RepeatedLook(
            "processors-look",
            this::look,
            failure -> log.warn("the event processors cannot be watched at the moment: {}", failure.toString()));

    @Autowired
    ProcessorWatch(
            @Lazy EventProcessingConfiguration processing,
            EventStore events,
            ObjectProvider<SharedTokens> shared,
            ProcessorPauses pauses,
            @Value("${kontor.processors.lag-budget:30s}") Duration budget) {
        this(processing, events, sharedTokens(shared.getIfAvailable()), pauses, budget);
    }

    ProcessorWatch(
            EventProcessingConfiguration processing,
            EventStore events,
            Function<String, List<Optional<TrackingToken>>> shared,
            ProcessorPauses pauses,
            Duration budget) {
        if (!budget.isPositive()) {
            throw new StartException("kontor.processors.lag-budget is %s; it must be positive".formatted(budget));
        }
        this.processing = processing;
        this.events = events;
        this.shared = shared;
        this.pauses = pauses;
        this.budget = budget;
    }

    private static Function<String, List<Optional<TrackingToken>>> sharedTokens(SharedTokens tokens) {
        return tokens == null ? _ -> List.of() : tokens::of;
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

    /** Events that it reads in a second, over the last ten seconds. */
    long perSecond(String processor) {
        ReadRate rate = rates.get(processor);
        return rate == null ? 0 : rate.perSecond();
    }

    Duration budget() {
        return budget;
    }

    void look() {
        look(System.nanoTime());
    }

    /** What cannot be read keeps its last position, so that a processor of a store that is away gets late. */
    void look(long now) {
        List<RuntimeException> failures = new ArrayList<>();
        Map<String, Long> read = new HashMap<>();
        processing.eventProcessors().forEach((name, processor) -> {
            if (processor instanceof StreamingEventProcessor streaming) {
                read.put(name, known(name, () -> position(name, streaming), failures));
            }
        });
        // The end after the positions: no processor is ahead of the log.
        try {
            end = position(events.createHeadToken());
        } catch (RuntimeException e) {
            failures.add(e);
        }
        read.forEach((name, position) -> {
            rates.computeIfAbsent(name, _ -> new ReadRate()).look(position, now);
            note(
                    name,
                    positions
                            .computeIfAbsent(name, _ -> new ReadPosition(position, now))
                            .look(position, end, now));
        });
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private long known(String name, LongSupplier position, List<RuntimeException> failures) {
        try {
            return position.getAsLong();
        } catch (RuntimeException e) {
            failures.add(e);
            ReadPosition known = positions.get(name);
            return known == null ? NONE_READ : known.position();
        }
    }

    /** A processor that an operator has paused may be late, and does not stall. */
    private void note(String name, Lag seen) {
        Lag lag = pauses.isPaused(name) ? new Lag(seen.events(), seen.delay(), Duration.ZERO) : seen;
        Lag before = lags.put(name, lag);
        boolean wasStalled = before != null && isOverBudget(before.stall());
        if (isOverBudget(lag.stall()) && !wasStalled) {
            log.warn("the event processor {} does not move, and {} events wait for it", name, lag.events());
        } else if (wasStalled && !isOverBudget(lag.stall())) {
            log.warn("the event processor {} moves again", name);
        }
    }

    private long position(String name, StreamingEventProcessor processor) {
        List<Optional<TrackingToken>> stored = shared.apply(name);
        if (!stored.isEmpty()) {
            return slowest(stored.stream().map(token -> position(token.orElse(null))));
        }
        // A segment that fails or is paused is released, and has no status then.
        Map<Integer, Long> own = segments.computeIfAbsent(name, _ -> storedPositions(name));
        processor
                .processingStatus()
                .forEach((segment, status) -> own.put(segment, position(status.getTrackingToken())));
        return slowest(own.values().stream());
    }

    /** Of a processor that was paused before the start. The tokens of one that runs belong to its segments. */
    private Map<Integer, Long> storedPositions(String name) {
        Map<Integer, Long> stored = new HashMap<>();
        if (pauses.isPaused(name)) {
            TokenStore tokens = processing.tokenStore(name);
            for (int segment : tokens.fetchSegments(name)) {
                stored.put(segment, position(tokens.fetchToken(name, segment)));
            }
        }
        return stored;
    }

    boolean isOverBudget(Duration lag) {
        return lag.compareTo(budget) > 0;
    }

    private static long slowest(Stream<Long> segments) {
        return segments.mapToLong(Long::longValue).min().orElse(NONE_READ);
    }

    private static long position(TrackingToken token) {
        return token == null ? NONE_READ : token.position().orElse(NONE_READ);
    }
}
