package dev.kontor.gateway.customer;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.customer.ChangeProfileRequest;

/** A change of a profile. A member that is absent or null stays unchanged. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProfileChange(String name, String email) {

    /**
     * @param customerId empty for the caller
     * @throws RefusedException if both members are absent
     */
    ChangeProfileRequest toProto(String customerId) {
        if (name == null && email == null) {
            throw RefusedException.invalid("name", "or email is needed");
        }
        ChangeProfileRequest.Builder change = ChangeProfileRequest.newBuilder().setCustomerId(customerId);
        if (name != null) {
            change.setName(name);
        }
        if (email != null) {
            change.setEmail(email);
        }
        return change.build();
    }

    /** Keeps personal data out of logs. */
    @Override
    public String toString() {
        return "ProfileChange[...]";
    }
}
