package dev.kontor.api.identity;

/**
 * The result of a change to an account.
 *
 * @param version the customer's
 * @param tokensBelow the customer's tokens of a lower version were revoked; 0 if none were
 */
public record AccountChange(long version, long tokensBelow) {

    /** Above the version of any token: all are revoked, permanently. */
    public static final long FOR_GOOD = Long.MAX_VALUE;
}
