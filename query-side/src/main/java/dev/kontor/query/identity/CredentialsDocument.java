package dev.kontor.query.identity;

import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.ViewDocument;
import dev.kontor.query.platform.Wait;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * The current state of a customer's credentials.
 *
 * @param id of the customer
 * @param proof the current version of the credentials; null if there are none yet
 * @param closed true once the account is permanently closed for sign-in, else null
 */
public record CredentialsDocument(@BsonId String id, Long proof, Boolean closed, long version) implements ViewDocument {

    static final DocumentType<CredentialsDocument> PROOFS = DocumentType.of("proofs", CredentialsDocument.class);

    static CredentialsDocument none(String customerId) {
        return new CredentialsDocument(customerId, null, null, Wait.NOTHING);
    }

    CredentialsDocument proof(long other, long at) {
        return new CredentialsDocument(id, other, closed, at);
    }

    CredentialsDocument closed(long at) {
        return new CredentialsDocument(id, proof, true, at);
    }

    /** Whether tokens of the customer below this version are void. */
    boolean voidsBelow(long tokens) {
        return closed != null || proof != null && proof >= tokens;
    }
}
