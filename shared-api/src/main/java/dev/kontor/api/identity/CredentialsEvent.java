package dev.kontor.api.identity;

import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.operations.Says;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** What happened to a customer's credentials. */
public sealed interface CredentialsEvent {

    CustomerId customerId();

    @Revision("1")
    @Says("The password was set or changed. `verifier` is what a password is compared with; `version` counts from 1.")
    record VerifierSet(CustomerId customerId, Sealed verifier, long version) implements CredentialsEvent {}

    @Revision("1")
    @Says("Somebody signed in with the right password.")
    record SignInSucceeded(CustomerId customerId, long verifierVersion) implements CredentialsEvent {}

    @Revision("1")
    @Says("A sign-in failed; `failures` in a row, this one counted unless the account was locked.")
    record SignInFailed(CustomerId customerId, int failures) implements CredentialsEvent {}

    @Revision("1")
    @Says("After `failures` in a row no sign-in succeeds until a moment, whatever the password.")
    record CredentialsLocked(CustomerId customerId, int failures, Instant until) implements CredentialsEvent {}

    @Revision("1")
    @Says("Nobody signs in to this account again.")
    record CredentialsClosed(CustomerId customerId) implements CredentialsEvent {}
}
