package dev.kontor.gateway.customer;

import dev.kontor.gateway.operations.Needed;
import dev.kontor.proto.customer.ChangeProfileRequest;
import io.swagger.v3.oas.annotations.media.Schema;

/** What a customer changes of their own profile. */
@Schema(requiredProperties = "name")
record ProfileChange(String name) {

    ChangeProfileRequest toProto() {
        new Needed().value("name", name).orRefuse();
        return ChangeProfileRequest.newBuilder().setName(name).build();
    }
}
