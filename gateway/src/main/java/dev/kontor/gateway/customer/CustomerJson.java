package dev.kontor.gateway.customer;

import dev.kontor.proto.customer.Customer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** A customer, for that customer and for admins. */
@Schema(name = "Customer")
record CustomerJson(
        String id,
        String email,
        String name,
        @Schema(allowableValues = {"CUSTOMER", "ADMIN"}) String role,

        @Schema(allowableValues = {"ACTIVE", "DEACTIVATED", "ERASED"})
        String status,

        Instant registeredAt,
        long version) {

    static CustomerJson of(Customer customer) {
        return new CustomerJson(
                customer.getId(),
                customer.getEmail(),
                customer.getName(),
                customer.getRole(),
                customer.getStatus(),
                Instant.ofEpochMilli(customer.getRegisteredAtMillis()),
                customer.getVersion());
    }
}
