package dev.kontor.api.customer;

public record AccountStatus(Role role, CustomerStatus status) {}
