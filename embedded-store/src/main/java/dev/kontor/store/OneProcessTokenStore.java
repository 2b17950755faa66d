package dev.kontor.store;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.UnableToInitializeTokenException;

/** A token store of one process. Claims need no rows: the process itself is the claim. */
public abstract class OneProcessTokenStore implements TokenStore {

    /** Null if there is no such segment; empty if its token is null. */
    protected abstract Optional<TrackingToken> find(String processor, int segment);

    /**
     * Stores the same token for the segments 0 to {@code segments - 1} in one write: a crash between two would leave a
     * processor without some segments, whose events it would never see.
     */
    protected abstract void storeAll(String processor, int segments, TrackingToken token);

    @Override
    public void initializeTokenSegments(String processor, int segments) {
        initializeTokenSegments(processor, segments, null);
    }

    @Override
    public void initializeTokenSegments(String processor, int segments, TrackingToken initialToken) {
        if (fetchSegments(processor).length > 0) {
            throw new UnableToClaimTokenException("Processor " + processor + " has segments already");
        }
        storeAll(processor, segments, initialToken);
    }

    @Override
    public void initializeSegment(TrackingToken token, String processor, int segment) {
        if (find(processor, segment) != null) {
            throw new UnableToInitializeTokenException(
                    "Segment " + segment + " of processor " + processor + " already exists");
        }
        storeToken(token, processor, segment);
    }

    @Override
    public TrackingToken fetchToken(String processor, int segment) {
        Optional<TrackingToken> token = find(processor, segment);
        if (token == null) {
            throw new UnableToClaimTokenException(
                    "Processor " + processor + " has no segment " + segment + "; it must be initialized first");
        }
        return token.orElse(null);
    }

    @Override
    public void extendClaim(String processor, int segment) {
        fetchToken(processor, segment);
    }

    @Override
    public void releaseClaim(String processor, int segment) {
        // The process itself is the claim.
    }

    @Override
    public boolean requiresExplicitSegmentInitialization() {
        return true;
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processor) {
        int[] segments = fetchSegments(processor);
        return Arrays.stream(segments)
                .mapToObj(segment -> Segment.computeSegment(segment, segments))
                .toList();
    }
}
