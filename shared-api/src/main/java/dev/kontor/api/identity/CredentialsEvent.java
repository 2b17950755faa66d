package dev.kontor.api.identity;

import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.customer.Sealed;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** What happened to a customer's credentials. */
public sealed interface CredentialsEvent {

    CustomerId customerId();

    @Revision("1")
    record VerifierSet(CustomerId customerId, Sealed verifier, long version) implements CredentialsEvent {}

    @Revision("1")
    record SignInSucceeded(CustomerId customerId, long verifierVersion) implements CredentialsEvent {}

    /** {@code failures} in a row, this one counted. */
    @Revision("1")
    record SignInFailed(CustomerId customerId, int failures) implements CredentialsEvent {}

    @Revision("1")
    record CredentialsLocked(CustomerId customerId, int failures, Instant until) implements CredentialsEvent {}

    @Revision("1")
    record CredentialsClosed(CustomerId customerId) implements CredentialsEvent {}
}
