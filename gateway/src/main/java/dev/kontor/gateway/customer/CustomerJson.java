package dev.kontor.gateway.customer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.kontor.gateway.platform.ResourcePart;
import dev.kontor.gateway.platform.SingleResource;
import dev.kontor.proto.customer.Customer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * A customer, for that customer and for admins.
 *
 * @param versions of {@link #PROFILE} and {@link #STANDING}; only in the {@code ETag}
 */
@Schema(name = "Customer")
record CustomerJson(
        String id,
        String email,
        String name,
        @Schema(allowableValues = {"CUSTOMER", "ADMIN"}) String role,

        @Schema(allowableValues = {"ACTIVE", "DEACTIVATED", "ERASED"})
        String status,

        Instant registeredAt,
        long version,
        @JsonIgnore @Schema(hidden = true) List<Long> versions)
        implements SingleResource {

    private static final int PARTS = 2;

    /** Name and e-mail. */
    static final ResourcePart PROFILE = new ResourcePart(0, PARTS);

    /** Role and status. */
    static final ResourcePart STANDING = new ResourcePart(1, PARTS);

    static final ResourcePart WHOLE = ResourcePart.all(PARTS);

    static CustomerJson of(Customer customer) {
        return new CustomerJson(
                customer.getId(),
                customer.getEmail(),
                customer.getName(),
                customer.getRole(),
                customer.getStatus(),
                Instant.ofEpochMilli(customer.getRegisteredAtMillis()),
                customer.getVersion(),
                List.of(customer.getProfileVersion(), customer.getStandingVersion()));
    }
}
