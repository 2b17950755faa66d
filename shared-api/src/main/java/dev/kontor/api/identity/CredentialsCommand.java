package dev.kontor.api.identity;

import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.customer.Sealed;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a customer's credentials. A password never enters a command. */
public sealed interface CredentialsCommand {

    CustomerId customerId();

    @TargetAggregateIdentifier
    default CredentialsId credentialsId() {
        return new CredentialsId(customerId());
    }

    record SetVerifier(CustomerId customerId, Sealed verifier) implements CredentialsCommand {}

    /** Changes nothing; answers a {@link Verifier}. */
    record ReadVerifier(CustomerId customerId) implements CredentialsCommand {}

    /**
     * Tells how a proof against a verifier ended. Always leaves an event and answers whether the sign-in counts: false
     * for a wrong password, locked or closed credentials, and a verifier that was replaced meanwhile.
     */
    record RecordSignIn(CustomerId customerId, long verifierVersion, boolean matched) implements CredentialsCommand {}

    record CloseCredentials(CustomerId customerId) implements CredentialsCommand {}
}
