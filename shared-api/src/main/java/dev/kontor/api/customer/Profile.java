package dev.kontor.api.customer;

/**
 * A customer's personal data at this moment.
 *
 * @param email null once erased
 * @param name null once erased
 * @param version the customer's
 */
public record Profile(Sealed email, Sealed name, CustomerStatus status, long version) {}
