package dev.kontor.query.identity;

import dev.kontor.api.operations.Wait;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.ViewDocument;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * What counts of a customer's credentials.
 *
 * @param id of the customer
 * @param proof the version of the credentials that counts now; null where there are none yet
 * @param closed true once nobody signs in to the account again, else null
 */
public record ProofDocument(@BsonId String id, Long proof, Boolean closed, long version) implements ViewDocument {

    static final DocumentType<ProofDocument> PROOFS = DocumentType.of("proofs", ProofDocument.class);

    static ProofDocument none(String customerId) {
        return new ProofDocument(customerId, null, null, Wait.NOTHING);
    }

    ProofDocument proof(long other, long at) {
        return new ProofDocument(id, other, closed, at);
    }

    ProofDocument closed(long at) {
        return new ProofDocument(id, proof, true, at);
    }

    /** Whether no token of the customer below this version counts. */
    boolean voidsBelow(long tokens) {
        return closed != null || proof != null && proof >= tokens;
    }
}
