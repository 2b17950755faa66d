package dev.kontor.api.identity;

import dev.kontor.api.customer.Sealed;

/**
 * What a password is proved against.
 *
 * @param hash the sealed output of a memory-hard hash with its parameters and salt
 * @param version of the credentials: counts from 1, and rises with each verifier and each time all tokens are revoked
 * @param usable false where nobody signs in: deactivated or closed
 * @param unlocks how often an admin has forgiven wrong passwords: each time they are counted from the beginning
 */
public record PasswordHash(Sealed hash, long version, boolean usable, long unlocks) {}
