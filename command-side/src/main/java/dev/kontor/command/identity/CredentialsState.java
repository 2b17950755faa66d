package dev.kontor.command.identity;

import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;

/**
 * Credentials as their snapshot has them.
 *
 * @param verifier null once closed
 * @param unlocks how often an admin has forgiven wrong passwords
 * @param suspended while the account is deactivated
 */
record CredentialsState(
        CustomerId customerId, Sealed verifier, long version, long unlocks, boolean suspended, boolean closed) {}
