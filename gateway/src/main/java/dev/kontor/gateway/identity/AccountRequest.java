package dev.kontor.gateway.identity;

/** A request's body that tells which account it is about, for {@link RateLimits}. */
interface AccountRequest {

    /** The same for every way to name the account; null where the body names none. */
    String account();
}
