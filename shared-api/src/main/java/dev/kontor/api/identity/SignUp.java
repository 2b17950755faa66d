package dev.kontor.api.identity;

import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import org.axonframework.commandhandling.RoutingKey;

/**
 * Opens an account: claims the e-mail, sets the verifier and registers the customer in one append. Returns the
 * customer's version; refused with {@code email-taken}. A repeat for the same customer writes nothing and returns the
 * same.
 */
public record SignUp(
        @RoutingKey EmailKey emailKey, CustomerId customerId, Sealed email, Sealed name, Sealed verifier, Role role) {}
