package dev.kontor.gateway.identity;

/** A request's body that tells which account it is about, for {@link Limits}. */
interface OfAccount {

    /** The same for every way to name the account; null where the body names none. */
    String account();
}
