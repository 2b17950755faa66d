package dev.kontor.api.customer;

/** What an account may do at this moment. */
public record Standing(Role role, CustomerStatus status) {}
