package dev.kontor.api.identity;

import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.platform.DescribedAs;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** What happened to a customer's credentials. */
public sealed interface CredentialsEvent {

    CustomerId customerId();

    @Revision("1")
    @DescribedAs(
            "The password was set or changed. `verifier` is what a password is compared with; `version` counts from 1.")
    record VerifierSet(CustomerId customerId, Sealed verifier, long version) implements CredentialsEvent {}

    @Revision("1")
    @DescribedAs("Somebody signed in with the right password.")
    record SignInSucceeded(CustomerId customerId, long verifierVersion) implements CredentialsEvent {}

    @Revision("1")
    @DescribedAs("A sign-in failed; `failures` in a row. Only in logs of before failures were counted outside the log.")
    record SignInFailed(CustomerId customerId, int failures) implements CredentialsEvent {}

    @Revision("1")
    @DescribedAs("After `failures` in a row no sign-in succeeded until a moment. Only in such older logs.")
    record CredentialsLocked(CustomerId customerId, int failures, Instant until) implements CredentialsEvent {}

    @Revision("1")
    @DescribedAs("An admin has forgiven the wrong passwords that were tried: they are counted from the beginning.")
    record CredentialsUnlocked(CustomerId customerId) implements CredentialsEvent {}

    @Revision("1")
    @DescribedAs(
            "The same password is compared with a `verifier` made with newer parameters; what was proved stays proved.")
    record VerifierUpgraded(CustomerId customerId, Sealed verifier, long version) implements CredentialsEvent {}

    @Revision("1")
    @DescribedAs(
            "No token that was issued under a lower `version` is good any more. Where the account was deactivated, "
                    + "nobody signs in until it is opened again.")
    record TokensRevoked(CustomerId customerId, long version, RevokedBecause reason) implements CredentialsEvent {}

    @Revision("1")
    @DescribedAs("After a deactivation one can sign in again.")
    record CredentialsReopened(CustomerId customerId) implements CredentialsEvent {}

    @Revision("1")
    @DescribedAs("Nobody signs in to this account again.")
    record CredentialsClosed(CustomerId customerId) implements CredentialsEvent {}
}
