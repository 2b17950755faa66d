package dev.kontor.command.identity;

import dev.kontor.api.customer.WrappingKey;

/**
 * The two keys that wrap all others.
 *
 * @param customers wraps the keys of personal data; the query side has it too
 * @param signing wraps the private signing keys; only the command side has it
 */
public record MasterKeys(WrappingKey customers, WrappingKey signing) {}
