package dev.kontor.store.documents;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.UnableToInitializeTokenException;

/** Stores the tokens of views beside their documents. Claims need no rows: one process feeds the views. */
public final class DocumentTokenStore implements TokenStore {

    private final DocumentStore store;

    public DocumentTokenStore(DocumentStore store) {
        this.store = store;
    }

    @Override
    public void initializeTokenSegments(String processor, int segments) {
        initializeTokenSegments(processor, segments, null);
    }

    @Override
    public void initializeTokenSegments(String processor, int segments, TrackingToken initialToken) {
        if (fetchSegments(processor).length > 0) {
            throw new UnableToClaimTokenException("Processor " + processor + " has segments already");
        }
        // One write for all: a crash between two would leave a processor without some segments, whose events it would
        // never see.
        store.write(writes -> {
            for (int segment = 0; segment < segments; segment++) {
                writes.token(processor, segment, initialToken);
            }
        });
    }

    @Override
    public void initializeSegment(TrackingToken token, String processor, int segment) {
        if (store.tokens(processor).containsKey(segment)) {
            throw new UnableToInitializeTokenException(
                    "Segment " + segment + " of processor " + processor + " already exists");
        }
        storeToken(token, processor, segment);
    }

    @Override
    public void storeToken(TrackingToken token, String processor, int segment) {
        store.write(writes -> writes.token(processor, segment, token));
    }

    @Override
    public TrackingToken fetchToken(String processor, int segment) {
        Map<Integer, TrackingToken> tokens = store.tokens(processor);
        if (!tokens.containsKey(segment)) {
            throw new UnableToClaimTokenException(
                    "Processor " + processor + " has no segment " + segment + "; it must be initialized first");
        }
        return tokens.get(segment);
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
    public void deleteToken(String processor, int segment) {
        store.write(writes -> writes.deleteToken(processor, segment));
    }

    @Override
    public boolean requiresExplicitSegmentInitialization() {
        return true;
    }

    @Override
    public int[] fetchSegments(String processor) {
        return store.tokens(processor).keySet().stream()
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processor) {
        int[] segments = fetchSegments(processor);
        return Arrays.stream(segments)
                .mapToObj(segment -> Segment.computeSegment(segment, segments))
                .toList();
    }

    @Override
    public Optional<String> retrieveStorageIdentifier() {
        return Optional.of(store.identifier());
    }
}
