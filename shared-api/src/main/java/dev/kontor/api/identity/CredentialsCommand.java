package dev.kontor.api.identity;

import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a customer's credentials. A password never enters a command. */
public sealed interface CredentialsCommand {

    CustomerId customerId();

    @TargetAggregateIdentifier
    default CredentialsId credentialsId() {
        return new CredentialsId(customerId());
    }

    record SetVerifier(CustomerId customerId, Sealed verifier) implements CredentialsCommand {}

    /** Changes nothing; answers a {@link PasswordHash}. */
    record ReadVerifier(CustomerId customerId) implements CredentialsCommand {}

    /**
     * Tells that the right password was proved against the verifier of this version. Answers whether the sign-in counts,
     * and leaves an event where it does: it does not where the verifier was replaced meanwhile, or nobody may sign in.
     */
    record RecordSignIn(CustomerId customerId, long verifierVersion) implements CredentialsCommand {}

    /** Forgives the wrong passwords that were tried. */
    record UnlockCredentials(CustomerId customerId) implements CredentialsCommand {}

    /**
     * Replaces the verifier, and with it voids every token, where the right password was proved against the verifier of this
     * version. Answers the new version, or 0 where the proof does not count.
     */
    record ChangeVerifier(CustomerId customerId, long verifierVersion, Sealed verifier) implements CredentialsCommand {}

    /** The same password with newer parameters; nothing where the verifier is not the one of this version any more. */
    record UpgradeVerifier(CustomerId customerId, long verifierVersion, Sealed verifier)
            implements CredentialsCommand {}

    /** Voids every token of the customer; answers the version that tokens must have from now on. */
    record RevokeTokens(CustomerId customerId, RevokedBecause reason) implements CredentialsCommand {}

    /** Lets a customer sign in again whose tokens were revoked because of a deactivation. */
    record ReopenCredentials(CustomerId customerId) implements CredentialsCommand {}

    record CloseCredentials(CustomerId customerId) implements CredentialsCommand {}
}
