package dev.kontor.api.identity;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of the one list of signing keys. Each answers the {@link SigningKeyList} as it is afterwards. */
public sealed interface SigningKeyCommand {

    @TargetAggregateIdentifier
    default SigningKeysId signingKeysId() {
        return new SigningKeysId();
    }

    /**
     * Publishes a key. Nothing comes of it where another is newest by now, so that two processes that rotate at once make
     * one key.
     *
     * @param publicKey X.509 SubjectPublicKeyInfo in Base64
     * @param newest the key that was the newest when this was decided; null where there was none
     */
    record AddSigningKey(String kid, String publicKey, Instant activeFrom, String newest)
            implements SigningKeyCommand {}

    /**
     * Takes from a key everything that it signed. Where no key would sign afterwards the successor does, at once.
     *
     * @param successorPublicKey as of {@link AddSigningKey}
     */
    record RevokeSigningKey(String kid, String successor, String successorPublicKey) implements SigningKeyCommand {}

    /** Changes nothing. */
    record ReadSigningKeys() implements SigningKeyCommand {}
}
