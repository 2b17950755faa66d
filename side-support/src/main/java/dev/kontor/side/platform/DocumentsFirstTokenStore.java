package dev.kontor.side.platform;

import java.util.Objects;
import java.util.Optional;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.UnableToRetrieveIdentifierException;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Stores a batch's token after its documents. The processor stores the token before the handlers run; a crash in
 * between would lose the batch.
 */
public final class DocumentsFirstTokenStore extends ForwardingTokenStore {

    private DocumentsFirstTokenStore(TokenStore tokens) {
        super(tokens);
    }

    /**
     * For processes that take segments over from each other: before a batch's documents are written, this process must
     * still have the claim on the segment. A process that paused and lost its claim writes nothing.
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
     * The store counts modified documents, and takes an unchanged token (views of an empty log, rebuilt twice within a
     * millisecond) for one that another process owns.
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

    /** When two processes start on an empty store at once, one fails to write the identifier, and reads the other's. */
    @Override
    public Optional<String> retrieveStorageIdentifier() {
        try {
            return tokens.retrieveStorageIdentifier();
        } catch (UnableToRetrieveIdentifierException namedMeanwhile) {
            return tokens.retrieveStorageIdentifier();
        }
    }
}
