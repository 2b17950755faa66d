package dev.kontor.api.identity;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Commands of the list of signing keys. Each returns the {@link SigningKeyList} afterwards. */
public sealed interface SigningKeyCommand {

    @TargetAggregateIdentifier
    default SigningKeysId signingKeysId() {
        return new SigningKeysId();
    }

    /**
     * Publishes a key. No effect if another key is the newest meanwhile, so that two processes that rotate at once add
     * one key.
     *
     * @param publicKey X.509 SubjectPublicKeyInfo in Base64
     * @param newest the newest key when the caller decided this; null if there was none
     */
    record AddSigningKey(String kid, String publicKey, Instant activeFrom, String newest)
            implements SigningKeyCommand {}

    /**
     * Revokes a key, and with it all tokens that it signed. If no key would sign afterwards, the successor signs at
     * once.
     *
     * @param successorPublicKey as of {@link AddSigningKey}
     */
    record RevokeSigningKey(String kid, String successor, String successorPublicKey) implements SigningKeyCommand {}

    /** Changes nothing. */
    record ReadSigningKeys() implements SigningKeyCommand {}
}
