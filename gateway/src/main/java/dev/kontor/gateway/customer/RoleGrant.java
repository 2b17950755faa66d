package dev.kontor.gateway.customer;

import dev.kontor.gateway.platform.RequiredValues;
import dev.kontor.proto.customer.GrantRoleRequest;
import io.swagger.v3.oas.annotations.media.Schema;

/** The new role of a customer. */
@Schema(requiredProperties = "role")
record RoleGrant(
        @Schema(allowableValues = {"CUSTOMER", "ADMIN"}) String role) {

    GrantRoleRequest toProto(String customerId) {
        new RequiredValues().value("role", role).orRefuse();
        return GrantRoleRequest.newBuilder()
                .setCustomerId(customerId)
                .setRole(role)
                .build();
    }
}
