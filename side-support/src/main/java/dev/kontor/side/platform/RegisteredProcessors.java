package dev.kontor.side.platform;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The event processors of this side and their segments. Where processes share segments, the stored tokens tell: up to a
 * second late.
 */
@Component
class RegisteredProcessors {

    private static final String THIS_PROCESS = "this process";

    private final EventProcessingConfiguration processing;
    private final LogPositions positions;
    private final SharedTokens shared;
    private final List<DeadLetters> letters;
    private final ObjectProvider<RepeatableProcessor> repeatable;

    /** @param owner the instance that handles it; empty if none does */
    record Segment(int number, Optional<String> owner, TrackingToken token) {}

    RegisteredProcessors(
            @Lazy EventProcessingConfiguration processing,
            EventStore log,
            ObjectProvider<SharedTokens> shared,
            List<DeadLetters> letters,
            ObjectProvider<RepeatableProcessor> repeatable) {
        this.processing = processing;
        this.positions = new LogPositions(log);
        this.shared = shared.getIfAvailable();
        this.letters = List.copyOf(letters);
        this.repeatable = repeatable;
    }

    LogPositions positions() {
        return positions;
    }

    /** In alphabetical order. */
    Set<String> names() {
        return new TreeSet<>(processing.eventProcessors().keySet());
    }

    /** Those without dead letters follow the log for calls, which depend on them. */
    boolean isPausable(String name) {
        return letters.stream().anyMatch(queues -> queues.names().contains(name));
    }

    boolean isResettable(String name) {
        return repeatable.stream().anyMatch(processor -> processor.name().equals(name));
    }

    /** Whether an instance handles one of its segments. */
    boolean isClaimed(String name) {
        return segments(name).stream().anyMatch(segment -> segment.owner().isPresent());
    }

    /** In the order of their numbers. */
    List<Segment> segments(String name) {
        List<Segment> stored = shared == null ? List.of() : shared.segmentsOf(name);
        return stored.isEmpty() ? ownSegments(name) : stored;
    }

    private List<Segment> ownSegments(String name) {
        Map<Integer, Segment> segments = new TreeMap<>();
        TokenStore tokens = processing.tokenStore(name);
        for (int number : tokens.fetchSegments(name)) {
            segments.put(number, new Segment(number, Optional.empty(), tokens.fetchToken(name, number)));
        }
        processing
                .eventProcessor(name, StreamingEventProcessor.class)
                .orElseThrow()
                .processingStatus()
                .forEach((number, status) -> segments.put(
                        number, new Segment(number, Optional.of(THIS_PROCESS), status.getTrackingToken())));
        return List.copyOf(segments.values());
    }

    /**
     * Stores a token for every segment. Call only while none is claimed.
     *
     * @param events that count as read
     * @throws RefusedException if an instance claims a segment meanwhile
     */
    void reset(String name, long events) {
        TrackingToken token = positions.after(events);
        TokenStore tokens = processing.tokenStore(name);
        for (int number : tokens.fetchSegments(name)) {
            try {
                tokens.fetchToken(name, number);
                tokens.storeToken(token, name, number);
                tokens.releaseClaim(name, number);
            } catch (UnableToClaimTokenException claimed) {
                throw new RefusedException(Problem.PROCESSOR_STATE, "An instance handles the processor " + name);
            }
        }
    }
}
