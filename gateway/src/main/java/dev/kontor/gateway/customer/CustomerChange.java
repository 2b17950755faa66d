package dev.kontor.gateway.customer;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.grpc.platform.RefusedException;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What an admin changes of a customer: the profile, or whether the account is open. One of the two, because of two changes
 * one could be done and the other refused.
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
     * Whether the account shall be open.
     *
     * @throws RefusedException where the status is none of the two, or does not come alone
     */
    boolean isToBeActive() {
        if (name != null || email != null) {
            throw RefusedException.invalid("status", "goes with neither name nor email: send them apart");
        }
        return switch (status) {
            case "ACTIVE" -> true;
            case "DEACTIVATED" -> false;
            default -> throw RefusedException.invalid("status", "must be ACTIVE or DEACTIVATED");
        };
    }

    /** Who somebody is belongs into no log. */
    @Override
    public String toString() {
        return "CustomerChange[...]";
    }
}
