package dev.kontor.api.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.platform.DescribedAs;

@DescribedAs("Identifies an e-mail address without revealing it: a keyed hash of its normalised form.")
public record EmailKey(@JsonValue String hash) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EmailKey {
        if (hash == null || hash.isEmpty()) {
            throw new IllegalArgumentException("must not be empty");
        }
    }

    /** The aggregate's identifier in the log, where aggregates of all types share one name space. */
    @Override
    public String toString() {
        return "email-" + hash;
    }
}
