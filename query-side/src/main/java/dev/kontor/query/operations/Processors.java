package dev.kontor.query.operations;

import dev.kontor.query.platform.View;
import dev.kontor.side.platform.SharedTokens;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Where the processors stand in the log. Positions are counts of events: 0 is the beginning. Where several instances
 * feed the views, all of their segments count, by what is stored: up to a second behind.
 */
@Component
class Processors {

    private final EventStore log;
    private final ObjectProvider<Configuration> configuration;
    private final SharedTokens shared;
    private final Map<View, Long> lastSeen = new HashMap<>();

    Processors(EventStore log, ObjectProvider<Configuration> configuration, ObjectProvider<SharedTokens> shared) {
        this.log = log;
        this.configuration = configuration;
        this.shared = shared.getIfAvailable();
    }

    /** Looked up under its class, and missed loudly: a processor that is not found could not be reset. */
    PooledStreamingEventProcessor of(View view) {
        return configuration
                .getObject()
                .eventProcessingConfiguration()
                .eventProcessor(view.name(), PooledStreamingEventProcessor.class)
                .orElseThrow(() -> new IllegalStateException("No processor feeds the view " + view.name()));
    }

    /** Events the log holds. */
    long head() {
        return count(log.createHeadToken());
    }

    /**
     * Events the view has read, counted by its slowest segment. While a segment is with nobody (it failed, or is being
     * stopped), where it was seen last.
     */
    long position(View view) {
        return shared == null ? ownPosition(view) : sharedPosition(view);
    }

    private long ownPosition(View view) {
        Map<Integer, EventTrackerStatus> segments = of(view).processingStatus();
        synchronized (lastSeen) {
            long position = segments.values().stream()
                    .mapToLong(status -> count(status.getTrackingToken()))
                    .min()
                    .orElseGet(() -> lastSeen.getOrDefault(view, 0L));
            lastSeen.put(view, position);
            return position;
        }
    }

    private long sharedPosition(View view) {
        return shared.of(view.name()).stream()
                .mapToLong(token -> count(token.orElse(null)))
                .min()
                .orElse(0);
    }

    /**
     * Events the view had read when it was fed last, by what is stored. Only while its processor does not run here:
     * where no other process can, it asks for the tokens, and lets them go.
     */
    long storedPosition(View view) {
        if (shared != null) {
            return sharedPosition(view);
        }
        TokenStore tokens = tokens(view);
        int[] segments = tokens.fetchSegments(view.name());
        long position = segments.length == 0 ? 0 : Long.MAX_VALUE;
        for (int segment : segments) {
            try {
                position = Math.min(position, count(tokens.fetchToken(view.name(), segment)));
                tokens.releaseClaim(view.name(), segment);
            } catch (UnableToClaimTokenException somebodyElseFeedsIt) {
                return 0;
            }
        }
        return position;
    }

    private TokenStore tokens(View view) {
        return configuration.getObject().eventProcessingConfiguration().tokenStore(view.name());
    }

    /** Lets go of every segment that this process has claimed. Only while its processor does not run here. */
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

    private long count(TrackingToken token) {
        if (token == null) {
            return 0;
        }
        TrackingToken tail = log.createTailToken();
        long beforeFirst = tail == null ? -1 : tail.position().orElse(-1);
        return token.position().orElse(beforeFirst) - beforeFirst;
    }
}
