package dev.kontor.query.platform;

import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** The token of a {@link LuceneIndex}, of one segment. This process alone uses it: no claims are stored. */
final class IndexTokenStore implements TokenStore {

    private static final int[] ONE = {0};

    private final LuceneIndex<?> index;

    IndexTokenStore(LuceneIndex<?> index) {
        this.index = index;
    }

    @Override
    public void initializeTokenSegments(String processor, int segments) {
        initializeTokenSegments(processor, segments, null);
    }

    @Override
    public void initializeTokenSegments(String processor, int segments, TrackingToken initialToken) {
        if (segments != 1) {
            throw new IllegalArgumentException("%s must have one segment, not %d".formatted(processor, segments));
        }
        if (index.hasToken()) {
            throw new UnableToClaimTokenException("Processor " + processor + " has segments already");
        }
        index.begin(initialToken);
    }

    @Override
    public void initializeSegment(TrackingToken token, String processor, int segment) {
        initializeTokenSegments(processor, 1, token);
    }

    @Override
    public void storeToken(TrackingToken token, String processor, int segment) {
        if (CurrentUnitOfWork.isStarted() && CurrentUnitOfWork.get().phase().isBefore(UnitOfWork.Phase.COMMIT)) {
            index.pending().reached(token);
        } else {
            index.reached(token);
        }
    }

    @Override
    public TrackingToken fetchToken(String processor, int segment) {
        Optional<TrackingToken> token = index.token();
        if (token == null) {
            throw new UnableToClaimTokenException("Processor %s has no segment yet".formatted(processor));
        }
        return token.orElse(null);
    }

    /** Refused once the index has to be opened again: the processor then goes on from what it contains. */
    @Override
    public void extendClaim(String processor, int segment) {
        if (!index.isFed()) {
            throw new UnableToClaimTokenException("The index of %s is opened again".formatted(processor));
        }
    }

    @Override
    public void releaseClaim(String processor, int segment) {
        // No claim is stored.
    }

    @Override
    public void deleteToken(String processor, int segment) {
        index.startOver();
    }

    @Override
    public boolean requiresExplicitSegmentInitialization() {
        return true;
    }

    @Override
    public int[] fetchSegments(String processor) {
        return index.hasToken() ? ONE.clone() : new int[0];
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processor) {
        return index.hasToken() ? List.of(Segment.ROOT_SEGMENT) : List.of();
    }
}
