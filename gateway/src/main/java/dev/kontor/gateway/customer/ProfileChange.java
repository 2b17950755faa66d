package dev.kontor.gateway.customer;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.customer.ChangeProfileRequest;

/** What customers change of their own profile; what is absent or null stays as it is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProfileChange(String name, String email) {

    /**
     * @param customerId empty for the caller
     * @throws RefusedException where nothing shall change
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

    /** Who somebody is belongs into no log. */
    @Override
    public String toString() {
        return "ProfileChange[...]";
    }
}
