package dev.kontor.gateway.identity;

import dev.kontor.proto.identity.SigningKey;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A key that signs access tokens.
 *
 * @param kid its RFC 7638 thumbprint
 * @param activeFrom when it replaces the key before it
 */
@Schema(name = "SigningKey")
record SigningKeyJson(
        String kid,
        String algorithm,

        @Schema(allowableValues = {"NEXT", "ACTIVE", "RETIRING", "RETIRED", "REVOKED"})
        String state,

        Instant activeFrom) {

    static SigningKeyJson of(SigningKey key) {
        return new SigningKeyJson(
                key.getKid(),
                key.getAlgorithm(),
                key.getState().name(),
                Instant.ofEpochMilli(key.getActiveFromMillis()));
    }
}
