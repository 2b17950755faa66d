package dev.kontor.api.identity;

import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.CustomerId;

/**
 * The claims of an access token.
 *
 * @param version of the customer's credentials
 */
public record Admission(CustomerId customerId, Role role, long version) {}
