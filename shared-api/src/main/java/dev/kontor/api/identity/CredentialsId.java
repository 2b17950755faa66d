package dev.kontor.api.identity;

import dev.kontor.api.ids.CustomerId;

/** Identifies a customer's credentials in the log, where aggregates of all types share one name space. */
public record CredentialsId(CustomerId customerId) {

    @Override
    public String toString() {
        return "credentials-" + customerId;
    }
}
