package dev.kontor.side.platform;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.UnableToRetrieveIdentifierException;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Stores a batch's token after its documents. The processor asks for the token before the handlers have had their say;
 * stored at once, a crash in between would lose the batch.
 */
public final class DocumentsFirstTokenStore implements TokenStore {

    private final TokenStore tokens;

    private DocumentsFirstTokenStore(TokenStore tokens) {
        this.tokens = tokens;
    }

    /**
     * For processes that take segments over from each other: before the documents of a batch are written, its segment
     * must still be claimed by this process. One that slept so long that another has taken its place writes nothing any
     * more.
     */
    public static TokenStore over(TokenStore tokens) {
        return new DocumentsFirstTokenStore(tokens);
    }

    @Override
    public void storeToken(TrackingToken token, String processorName, int segment) {
        if (CurrentUnitOfWork.isStarted() && CurrentUnitOfWork.get().phase().isBefore(UnitOfWork.Phase.COMMIT)) {
            tokens.extendClaim(processorName, segment);
            CurrentUnitOfWork.get().onCommit(work -> store(token, processorName, segment));
        } else {
            store(token, processorName, segment);
        }
    }

    /**
     * The store counts what an update has changed, and takes a token that is there already (the views of an empty log
     * are rebuilt, twice within a millisecond) for one that is somebody else's.
     */
    private void store(TrackingToken token, String processorName, int segment) {
        try {
            tokens.storeToken(token, processorName, segment);
        } catch (UnableToClaimTokenException e) {
            if (!Objects.equals(token, tokens.fetchToken(processorName, segment))) {
                throw e;
            }
        }
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount) {
        tokens.initializeTokenSegments(processorName, segmentCount);
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount, TrackingToken initialToken) {
        tokens.initializeTokenSegments(processorName, segmentCount, initialToken);
    }

    @Override
    public TrackingToken fetchToken(String processorName, int segment) {
        return tokens.fetchToken(processorName, segment);
    }

    @Override
    public TrackingToken fetchToken(String processorName, Segment segment) {
        return tokens.fetchToken(processorName, segment);
    }

    @Override
    public void extendClaim(String processorName, int segment) {
        tokens.extendClaim(processorName, segment);
    }

    @Override
    public void releaseClaim(String processorName, int segment) {
        tokens.releaseClaim(processorName, segment);
    }

    @Override
    public void initializeSegment(TrackingToken token, String processorName, int segment) {
        tokens.initializeSegment(token, processorName, segment);
    }

    @Override
    public void deleteToken(String processorName, int segment) {
        tokens.deleteToken(processorName, segment);
    }

    @Override
    public boolean requiresExplicitSegmentInitialization() {
        return tokens.requiresExplicitSegmentInitialization();
    }

    @Override
    public int[] fetchSegments(String processorName) {
        return tokens.fetchSegments(processorName);
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processorName) {
        return tokens.fetchAvailableSegments(processorName);
    }

    /**
     * Of two processes that start on an empty store at the same time one fails to name it: the other has just done so.
     */
    @Override
    public Optional<String> retrieveStorageIdentifier() {
        try {
            return tokens.retrieveStorageIdentifier();
        } catch (UnableToRetrieveIdentifierException namedMeanwhile) {
            return tokens.retrieveStorageIdentifier();
        }
    }
}
