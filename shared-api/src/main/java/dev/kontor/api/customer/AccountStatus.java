package dev.kontor.api.customer;

/** What an account may do at this moment. */
public record AccountStatus(Role role, CustomerStatus status) {}
