package dev.kontor.api.identity;

import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.CustomerId;

/**
 * What an access token may say.
 *
 * @param version of the customer's credentials
 */
public record Admission(CustomerId customerId, Role role, long version) {}
