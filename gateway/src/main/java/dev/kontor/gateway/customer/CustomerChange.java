package dev.kontor.gateway.customer;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.grpc.platform.RefusedException;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A change of a customer by an admin: of the profile or of the account's status. A request changes only one of the two,
 * because one of two changes could succeed and the other be refused.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CustomerChange(
        String name,
        String email,
        @Schema(allowableValues = {"ACTIVE", "DEACTIVATED"}) String status) {

    boolean isOfStatus() {
        return status != null;
    }

    ProfileChange profile() {
        return new ProfileChange(name, email);
    }

    /**
     * Whether the account is to be active.
     *
     * @throws RefusedException if the status is neither of the two, or if the request also has a name or an e-mail
     */
    boolean isToBeActive() {
        if (name != null || email != null) {
            throw RefusedException.invalid("status", "cannot be sent together with name or email");
        }
        return switch (status) {
            case "ACTIVE" -> true;
            case "DEACTIVATED" -> false;
            default -> throw RefusedException.invalid("status", "must be ACTIVE or DEACTIVATED");
        };
    }

    /** Keeps personal data out of logs. */
    @Override
    public String toString() {
        return "CustomerChange[...]";
    }
}
