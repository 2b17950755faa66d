package dev.kontor.command.identity;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.Refusal;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.CredentialsCommand.ChangeVerifier;
import dev.kontor.api.identity.CredentialsCommand.CloseCredentials;
import dev.kontor.api.identity.CredentialsCommand.ReadVerifier;
import dev.kontor.api.identity.CredentialsCommand.RecordSignIn;
import dev.kontor.api.identity.CredentialsCommand.ReopenCredentials;
import dev.kontor.api.identity.CredentialsCommand.RevokeTokens;
import dev.kontor.api.identity.CredentialsCommand.SetVerifier;
import dev.kontor.api.identity.CredentialsCommand.UnlockCredentials;
import dev.kontor.api.identity.CredentialsCommand.UpgradeVerifier;
import dev.kontor.api.identity.CredentialsEvent.CredentialsClosed;
import dev.kontor.api.identity.CredentialsEvent.CredentialsReopened;
import dev.kontor.api.identity.CredentialsEvent.CredentialsUnlocked;
import dev.kontor.api.identity.CredentialsEvent.SignInSucceeded;
import dev.kontor.api.identity.CredentialsEvent.TokensRevoked;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.CredentialsEvent.VerifierUpgraded;
import dev.kontor.api.identity.CredentialsId;
import dev.kontor.api.identity.PasswordHash;
import dev.kontor.api.identity.RevokedBecause;
import dev.kontor.command.platform.CommandRefusals;
import dev.kontor.command.platform.LoggedAggregate;
import dev.kontor.command.platform.Snapshots;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * A customer's credentials. They never see a password: it is verified outside, and the result is sent as a command.
 *
 * <p>Not cached: they decide about access, and are read from the log each time.
 */
@Aggregate(snapshotTriggerDefinition = Snapshots.TRIGGER)
@Revision("3")
public class Credentials extends LoggedAggregate {

    @AggregateIdentifier
    private CredentialsId id;

    private Sealed verifier;
    private long version;
    private long unlocks;
    /** True while the account is deactivated. */
    private boolean suspended;

    private boolean closed;

    Credentials() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(SetVerifier command) {
        if (!closed) {
            apply(new VerifierSet(command.customerId(), command.verifier(), version + 1));
        }
    }

    @CommandHandler
    PasswordHash handle(ReadVerifier command) {
        return new PasswordHash(verifier, version, isOpen(), unlocks);
    }

    /** A wrong password writes nothing, so that its cost does not reveal whether the account exists. */
    @CommandHandler
    boolean handle(RecordSignIn command) {
        boolean accepted = honours(command.verifierVersion());
        if (accepted) {
            apply(new SignInSucceeded(command.customerId(), version));
        }
        return accepted;
    }

    @CommandHandler
    long handle(ChangeVerifier command) {
        if (!honours(command.verifierVersion())) {
            return 0;
        }
        apply(new VerifierSet(command.customerId(), command.verifier(), version + 1));
        return version;
    }

    @CommandHandler
    void handle(UnlockCredentials command) {
        if (closed) {
            throw CommandRefusals.with(new Refusal.CustomerInactive());
        }
        apply(new CredentialsUnlocked(command.customerId()));
    }

    @CommandHandler
    void handle(UpgradeVerifier command) {
        if (!closed && command.verifierVersion() == version) {
            apply(new VerifierUpgraded(command.customerId(), command.verifier(), version));
        }
    }

    @CommandHandler
    long handle(RevokeTokens command) {
        if (closed) {
            throw CommandRefusals.with(new Refusal.CustomerInactive());
        }
        apply(new TokensRevoked(command.customerId(), version + 1, command.reason()));
        return version;
    }

    @CommandHandler
    void handle(ReopenCredentials command) {
        if (suspended && !closed) {
            apply(new CredentialsReopened(command.customerId()));
        }
    }

    @CommandHandler
    void handle(CloseCredentials command) {
        if (!closed) {
            apply(new CredentialsClosed(command.customerId()));
        }
    }

    /** Whether tokens of this version are still valid. */
    boolean honours(long tokenVersion) {
        return isOpen() && tokenVersion == version;
    }

    private boolean isOpen() {
        return !suspended && !closed;
    }

    @EventSourcingHandler
    void on(VerifierSet event) {
        id = new CredentialsId(event.customerId());
        verifier = event.verifier();
        version = event.version();
    }

    @EventSourcingHandler
    void on(CredentialsUnlocked event) {
        unlocks++;
    }

    @EventSourcingHandler
    void on(VerifierUpgraded event) {
        verifier = event.verifier();
    }

    @EventSourcingHandler
    void on(TokensRevoked event) {
        version = event.version();
        suspended = suspended || event.reason() == RevokedBecause.DEACTIVATED;
    }

    @EventSourcingHandler
    void on(CredentialsReopened event) {
        suspended = false;
    }

    @EventSourcingHandler
    void on(CredentialsClosed event) {
        closed = true;
        verifier = null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Credentials(CredentialsState state) {
        id = new CredentialsId(state.customerId());
        verifier = state.verifier();
        version = state.version();
        unlocks = state.unlocks();
        suspended = state.suspended();
        closed = state.closed();
    }

    @JsonValue
    CredentialsState state() {
        return new CredentialsState(id.customerId(), verifier, version, unlocks, suspended, closed);
    }
}
