package dev.kontor.gateway.identity;

/** A request body that names an account, for {@link RateLimits}. */
interface AccountRequest {

    /** The same for every spelling of the account; null if the body names none. */
    String account();
}
