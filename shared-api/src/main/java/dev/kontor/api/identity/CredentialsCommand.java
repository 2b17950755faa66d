package dev.kontor.api.identity;

import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Commands of a customer's credentials. A command never contains a password. */
public sealed interface CredentialsCommand {

    CustomerId customerId();

    @TargetAggregateIdentifier
    default CredentialsId credentialsId() {
        return new CredentialsId(customerId());
    }

    record SetVerifier(CustomerId customerId, Sealed verifier) implements CredentialsCommand {}

    /** Changes nothing; returns a {@link PasswordHash}. */
    record ReadVerifier(CustomerId customerId) implements CredentialsCommand {}

    /**
     * Records that the right password was proved against the verifier of this version. Returns true, and appends an
     * event, if the sign-in counts: not if the verifier was replaced meanwhile, or the account is deactivated or
     * closed.
     */
    record RecordSignIn(CustomerId customerId, long verifierVersion) implements CredentialsCommand {}

    /** Resets the count of wrong passwords. */
    record UnlockCredentials(CustomerId customerId) implements CredentialsCommand {}

    /**
     * Replaces the verifier and revokes every token, if the right password was proved against the verifier of this
     * version. Returns the new version, or 0 if it was proved against another.
     */
    record ChangeVerifier(CustomerId customerId, long verifierVersion, Sealed verifier) implements CredentialsCommand {}

    /** The same password with newer parameters; no effect if the verifier has another version meanwhile. */
    record UpgradeVerifier(CustomerId customerId, long verifierVersion, Sealed verifier)
            implements CredentialsCommand {}

    /** Revokes every token of the customer; returns the version that tokens must have from now on. */
    record RevokeTokens(CustomerId customerId, RevokedBecause reason) implements CredentialsCommand {}

    /** Lets a customer sign in again whose tokens were revoked because of a deactivation. */
    record ReopenCredentials(CustomerId customerId) implements CredentialsCommand {}

    record CloseCredentials(CustomerId customerId) implements CredentialsCommand {}
}
