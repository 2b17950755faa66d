package dev.kontor.command.identity;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.CredentialsCommand.CloseCredentials;
import dev.kontor.api.identity.CredentialsCommand.ReadVerifier;
import dev.kontor.api.identity.CredentialsCommand.RecordSignIn;
import dev.kontor.api.identity.CredentialsCommand.SetVerifier;
import dev.kontor.api.identity.CredentialsEvent.CredentialsClosed;
import dev.kontor.api.identity.CredentialsEvent.CredentialsLocked;
import dev.kontor.api.identity.CredentialsEvent.SignInFailed;
import dev.kontor.api.identity.CredentialsEvent.SignInSucceeded;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.CredentialsId;
import dev.kontor.api.identity.Verifier;
import dev.kontor.command.operations.Snapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;

/** What proves that somebody is a customer. It never sees a password: the proof is made outside, its outcome told here. */
@Aggregate(cache = "aggregateCache", snapshotTriggerDefinition = Snapshots.TRIGGER)
@Revision("1")
public class Credentials {

    /** Failures in a row that lock; each further one doubles the time. */
    static final int FAILURES_BEFORE_LOCK = 10;

    static final Duration FIRST_LOCK = Duration.ofSeconds(30);
    static final Duration LONGEST_LOCK = Duration.ofMinutes(15);

    @AggregateIdentifier
    private CredentialsId id;

    private Sealed verifier;
    private long version;
    private int failures;
    private Instant lockedUntil;
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
    Verifier handle(ReadVerifier command) {
        return new Verifier(verifier, version, !closed, lockedUntil);
    }

    /** Always leaves an event and answers a value: an exception would roll the failure back with it. */
    @CommandHandler
    boolean handle(RecordSignIn command, Clock clock) {
        Instant now = clock.instant();
        boolean accepted = command.matched() && !closed && !isLocked(now) && command.verifierVersion() == version;
        if (accepted) {
            apply(new SignInSucceeded(command.customerId(), version));
        } else if (isLocked(now)) {
            // Neither helps nor harms: whoever knocks at a locked door does not lock it longer.
            apply(new SignInFailed(command.customerId(), failures));
        } else if (failures + 1 >= FAILURES_BEFORE_LOCK) {
            apply(new CredentialsLocked(command.customerId(), failures + 1, now.plus(lockAfter(failures + 1))));
        } else {
            apply(new SignInFailed(command.customerId(), failures + 1));
        }
        return accepted;
    }

    @CommandHandler
    void handle(CloseCredentials command) {
        if (!closed) {
            apply(new CredentialsClosed(command.customerId()));
        }
    }

    private boolean isLocked(Instant now) {
        return lockedUntil != null && now.isBefore(lockedUntil);
    }

    private static Duration lockAfter(int failures) {
        Duration doubled = FIRST_LOCK.multipliedBy(1L << Math.min(failures - FAILURES_BEFORE_LOCK, 10));
        return doubled.compareTo(LONGEST_LOCK) < 0 ? doubled : LONGEST_LOCK;
    }

    @EventSourcingHandler
    void on(VerifierSet event) {
        id = new CredentialsId(event.customerId());
        verifier = event.verifier();
        version = event.version();
        failures = 0;
        lockedUntil = null;
    }

    @EventSourcingHandler
    void on(SignInSucceeded event) {
        failures = 0;
        lockedUntil = null;
    }

    @EventSourcingHandler
    void on(SignInFailed event) {
        failures = event.failures();
    }

    @EventSourcingHandler
    void on(CredentialsLocked event) {
        failures = event.failures();
        lockedUntil = event.until();
    }

    @EventSourcingHandler
    void on(CredentialsClosed event) {
        closed = true;
        verifier = null;
    }

    /** As a snapshot has it. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Credentials(CredentialsState state) {
        id = new CredentialsId(state.customerId());
        verifier = state.verifier();
        version = state.version();
        failures = state.failures();
        lockedUntil = state.lockedUntil();
        closed = state.closed();
    }

    @JsonValue
    CredentialsState state() {
        return new CredentialsState(id.customerId(), verifier, version, failures, lockedUntil, closed);
    }
}
