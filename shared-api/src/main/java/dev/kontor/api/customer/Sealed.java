package dev.kontor.api.customer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.platform.DescribedAs;
import java.util.Base64;

/**
 * A piece of personal data, encrypted with a key of its customer. Without that key it cannot be read, not even from an
 * old copy of the log.
 *
 * @param ciphertext as Base64, made by {@link PersonalData}
 */
@DescribedAs("Personal data, encrypted with a key of the customer it is about; Base64.")
public record Sealed(@JsonValue String ciphertext) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Sealed {
        if (ciphertext == null || ciphertext.isEmpty()) {
            throw new IllegalArgumentException("must not be empty");
        }
    }

    static Sealed of(byte[] bytes) {
        return new Sealed(Base64.getEncoder().encodeToString(bytes));
    }

    byte[] bytes() {
        return Base64.getDecoder().decode(ciphertext);
    }

    @Override
    public String toString() {
        return "Sealed";
    }
}
