package dev.kontor.command.identity;

import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.customer.Sealed;
import java.time.Instant;

/**
 * Credentials as their snapshot has them.
 *
 * @param verifier null once closed
 * @param failures sign-ins that failed in a row
 * @param lockedUntil null where they were not locked since the last success
 * @param suspended while the account is deactivated
 */
record CredentialsState(
        CustomerId customerId,
        Sealed verifier,
        long version,
        int failures,
        Instant lockedUntil,
        boolean suspended,
        boolean closed) {}
