package dev.kontor.command.identity;

import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;

/**
 * The snapshot of credentials.
 *
 * @param verifier null once closed
 * @param unlocks how often an admin has reset the count of wrong passwords
 * @param suspended true while the account is deactivated
 */
record CredentialsState(
        CustomerId customerId, Sealed verifier, long version, long unlocks, boolean suspended, boolean closed) {}
