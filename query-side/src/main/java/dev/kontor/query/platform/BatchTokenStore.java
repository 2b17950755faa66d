package dev.kontor.query.platform;

import dev.kontor.side.platform.ForwardingTokenStore;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Adds the token of a unit of work to its batch, so that it is stored with the documents and never before them. */
final class BatchTokenStore extends ForwardingTokenStore {

    private final ViewWriter writer;

    BatchTokenStore(TokenStore tokens, ViewWriter writer) {
        super(tokens);
        this.writer = writer;
    }

    @Override
    public void storeToken(TrackingToken token, String processorName, int segment) {
        if (CurrentUnitOfWork.isStarted() && CurrentUnitOfWork.get().phase().isBefore(UnitOfWork.Phase.COMMIT)) {
            writer.batch().token(processorName, segment, token);
        } else {
            tokens.storeToken(token, processorName, segment);
        }
    }
}
