package dev.kontor.api.identity;

import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.platform.DescribedAs;
import java.time.Instant;
import org.axonframework.serialization.Revision;

public sealed interface CredentialsEvent {

    CustomerId customerId();

    @Revision("1")
    @DescribedAs("The password was set or changed. A password is compared with `verifier`; `version` counts from 1.")
    record VerifierSet(CustomerId customerId, Sealed verifier, long version) implements CredentialsEvent {}

    @Revision("1")
    @DescribedAs("The customer signed in with the right password.")
    record SignInSucceeded(CustomerId customerId, long verifierVersion) implements CredentialsEvent {}

    @Revision("1")
    @DescribedAs("A sign-in failed; `failures` in a row. Only in older logs: failures are now counted outside the log.")
    record SignInFailed(CustomerId customerId, int failures) implements CredentialsEvent {}

    @Revision("1")
    @DescribedAs("After `failures` in a row, sign-ins were refused until a moment. Only in older logs.")
    record CredentialsLocked(CustomerId customerId, int failures, Instant until) implements CredentialsEvent {}

    @Revision("1")
    @DescribedAs("An admin reset the count of wrong passwords.")
    record CredentialsUnlocked(CustomerId customerId) implements CredentialsEvent {}

    @Revision("1")
    @DescribedAs("The same password is compared with a `verifier` of newer parameters; sessions and tokens stay valid.")
    record VerifierUpgraded(CustomerId customerId, Sealed verifier, long version) implements CredentialsEvent {}

    @Revision("1")
    @DescribedAs("Tokens issued under a lower `version` are revoked. If the account was deactivated, "
            + "sign-ins are refused until it is reactivated.")
    record TokensRevoked(CustomerId customerId, long version, RevokedBecause reason) implements CredentialsEvent {}

    @Revision("1")
    @DescribedAs("After a deactivation the customer can sign in again.")
    record CredentialsReopened(CustomerId customerId) implements CredentialsEvent {}

    @Revision("1")
    @DescribedAs("Sign-ins to this account are refused permanently.")
    record CredentialsClosed(CustomerId customerId) implements CredentialsEvent {}
}
