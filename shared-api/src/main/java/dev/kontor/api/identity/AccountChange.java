package dev.kontor.api.identity;

/**
 * What became of a change to an account.
 *
 * @param version the customer's
 * @param tokensBelow of the customer's tokens, those of a lower version were revoked; 0 where none were
 */
public record AccountChange(long version, long tokensBelow) {

    /** Above the version of any token: nothing is ever good again. */
    public static final long FOR_GOOD = Long.MAX_VALUE;
}
