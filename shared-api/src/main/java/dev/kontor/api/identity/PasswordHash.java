package dev.kontor.api.identity;

import dev.kontor.api.customer.Sealed;

/**
 * The hash that a password is verified against.
 *
 * @param hash the sealed output of a memory-hard hash with its parameters and salt
 * @param version of the credentials: counts from 1, and rises with each verifier and each time all tokens are revoked
 * @param usable false while sign-ins are refused: deactivated or closed
 * @param unlocks how often an admin has reset the count of wrong passwords
 */
public record PasswordHash(Sealed hash, long version, boolean usable, long unlocks) {}
