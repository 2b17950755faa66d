package dev.kontor.query.operations;

import dev.kontor.query.platform.View;
import dev.kontor.side.platform.LogPositions;
import dev.kontor.side.platform.SharedTokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The positions of the processors in the log, as counts of events: 0 is the beginning. Where several instances feed the
 * views, the stored tokens of all segments count: up to a second behind.
 */
@Component
class Processors {

    private static final long STOP_SECONDS = 60;

    private final LogPositions positions;
    private final ObjectProvider<Configuration> configuration;
    private final SharedTokens shared;
    private final Map<View, Long> lastSeen = new HashMap<>();

    Processors(EventStore log, ObjectProvider<Configuration> configuration, ObjectProvider<SharedTokens> shared) {
        this.positions = new LogPositions(log);
        this.configuration = configuration;
        this.shared = shared.getIfAvailable();
    }

    /** Looked up under its class; throws if there is none, because it could not be reset. */
    PooledStreamingEventProcessor of(View view) {
        return configuration
                .getObject()
                .eventProcessingConfiguration()
                .eventProcessor(view.name(), PooledStreamingEventProcessor.class)
                .orElseThrow(() -> new IllegalStateException("No processor feeds the view " + view.name()));
    }

    /** Waits for the end of the batches that the view's processor handles in this process. */
    void stop(View view) {
        try {
            of(view).shutdownAsync().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the processor of a view stops", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The processor of the view %s does not stop".formatted(view), e);
        }
    }

    /** The number of events in the log. */
    long head() {
        return positions.head();
    }

    /**
     * The number of events the view has read, by its slowest segment. An unclaimed segment (after a failure or during a
     * stop) counts with its last known position.
     */
    long position(View view) {
        return isOwn(view) ? ownPosition(view) : sharedPosition(view);
    }

    /** Whether only this process feeds it. */
    private boolean isOwn(View view) {
        return shared == null || view.isLocal();
    }

    private long ownPosition(View view) {
        synchronized (lastSeen) {
            long position = slowest(of(view)).orElseGet(() -> lastSeen.getOrDefault(view, 0L));
            lastSeen.put(view, position);
            return position;
        }
    }

    /** The number of events that a processor of this process has read; empty unless it has claimed all segments. */
    OptionalLong position(PooledStreamingEventProcessor processor, int segments) {
        List<Long> positions = processor.processingStatus().values().stream()
                .map(status -> count(status.getTrackingToken()))
                .toList();
        return positions.size() < segments
                ? OptionalLong.empty()
                : positions.stream().mapToLong(Long::longValue).min();
    }

    private OptionalLong slowest(PooledStreamingEventProcessor processor) {
        return processor.processingStatus().values().stream()
                .mapToLong(status -> count(status.getTrackingToken()))
                .min();
    }

    private long sharedPosition(View view) {
        return shared.of(view.name()).stream()
                .mapToLong(token -> count(token.orElse(null)))
                .min()
                .orElse(0);
    }

    /**
     * The number of events the view had read, by its stored tokens. Call only while its processor does not run here:
     * if no other process can be asked, this claims the tokens and releases them.
     */
    long storedPosition(View view) {
        if (!isOwn(view)) {
            return sharedPosition(view);
        }
        return storedPosition(tokens(view), view.name());
    }

    /** The same by the tokens of one processor, which are stored under a name of their own. */
    long storedPosition(TokenStore tokens) {
        return storedPosition(tokens, "");
    }

    private long storedPosition(TokenStore tokens, String processor) {
        int[] segments = tokens.fetchSegments(processor);
        long position = segments.length == 0 ? 0 : Long.MAX_VALUE;
        for (int segment : segments) {
            try {
                position = Math.min(position, count(tokens.fetchToken(processor, segment)));
                tokens.releaseClaim(processor, segment);
            } catch (UnableToClaimTokenException claimedElsewhere) {
                return 0;
            }
        }
        return position;
    }

    private TokenStore tokens(View view) {
        return configuration.getObject().eventProcessingConfiguration().tokenStore(view.name());
    }

    /** Releases every segment that this process has claimed. Call only while its processor does not run here. */
    void release(View view) {
        TokenStore tokens = tokens(view);
        for (int segment : tokens.fetchSegments(view.name())) {
            tokens.releaseClaim(view.name(), segment);
        }
    }

    void forgetPosition(View view) {
        synchronized (lastSeen) {
            lastSeen.remove(view);
        }
    }

    /** The number of events up to this one, and with it. */
    long count(TrackingToken token) {
        return positions.count(token);
    }
}
