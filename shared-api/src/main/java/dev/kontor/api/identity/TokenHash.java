package dev.kontor.api.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.platform.DescribedAs;

/**
 * Identifies a refresh token without revealing it: the SHA-256 of its secret, Base64url. The secret has 256 random bits
 * and cannot be guessed.
 */
@DescribedAs("Identifies a refresh token without revealing it: the SHA-256 of its secret, Base64url.")
public record TokenHash(@JsonValue String hash) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TokenHash {
        if (hash == null || hash.isEmpty()) {
            throw new IllegalArgumentException("must not be empty");
        }
    }

    @Override
    public String toString() {
        return "TokenHash";
    }
}
