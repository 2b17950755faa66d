package dev.kontor.api.identity;

import dev.kontor.api.customer.Sealed;
import java.time.Instant;

/**
 * What a password is proved against.
 *
 * @param hash the sealed output of a memory-hard hash with its parameters and salt
 * @param version counts the verifiers of this customer from 1
 * @param usable false where the credentials are closed
 * @param lockedUntil null where they are not locked
 */
public record Verifier(Sealed hash, long version, boolean usable, Instant lockedUntil) {}
