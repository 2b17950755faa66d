package dev.kontor.command.identity;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.Refusal;
import dev.kontor.api.identity.SessionCommand.EndSession;
import dev.kontor.api.identity.SessionCommand.EndSessionByToken;
import dev.kontor.api.identity.SessionCommand.OpenSession;
import dev.kontor.api.identity.SessionCommand.RefreshSession;
import dev.kontor.api.identity.SessionEnd;
import dev.kontor.api.identity.SessionEvent.SessionOpened;
import dev.kontor.api.identity.SessionEvent.SessionRefreshed;
import dev.kontor.api.identity.SessionEvent.SessionRevoked;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.TokenHash;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.CommandRefusals;
import dev.kontor.command.platform.LoggedAggregate;
import dev.kontor.command.platform.Snapshots;
import java.time.Clock;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * A session: the access of a client from one sign-in on, while it refreshes in time. A refresh token is used once: if
 * it is presented twice, one of the two clients has stolen it, and both lose the session. A token that Kontor never
 * issued changes nothing, because the session's id is no secret.
 *
 * <p>Not cached: it decides about access, and is read from the log each time.
 */
@Aggregate(snapshotTriggerDefinition = Snapshots.TRIGGER)
@Revision("1")
public class Session extends LoggedAggregate {

    @AggregateIdentifier
    private SessionId id;

    private CustomerId owner;
    private long version;
    private TokenHash refreshHash;
    private Instant expiresAt;
    private boolean revoked;

    Session() {}

    @CommandHandler
    Session(OpenSession command, Clock clock) {
        apply(new SessionOpened(
                command.sessionId(),
                command.customerId(),
                command.version(),
                command.refreshHash(),
                clock.instant().plus(RefreshToken.LIFETIME),
                command.device()));
    }

    @CommandHandler
    boolean handle(RefreshSession command, Clock clock) {
        if (isOver(clock)) {
            return false;
        }
        if (!refreshHash.equals(command.presented())) {
            if (command.isOurs()) {
                apply(new SessionRevoked(id, owner, SessionEnd.TOKEN_REUSED));
            }
            return false;
        }
        apply(new SessionRefreshed(id, owner, command.next(), clock.instant().plus(RefreshToken.LIFETIME)));
        return true;
    }

    @CommandHandler
    boolean handle(EndSession command, Clock clock) {
        if (!owner.equals(command.owner())) {
            throw CommandRefusals.with(new Refusal.Unknown());
        }
        return end(clock);
    }

    @CommandHandler
    boolean handle(EndSessionByToken command, Clock clock) {
        if (!refreshHash.equals(command.presented())) {
            throw CommandRefusals.with(new Refusal.Unknown());
        }
        return end(clock);
    }

    private boolean end(Clock clock) {
        if (isOver(clock)) {
            return false;
        }
        apply(new SessionRevoked(id, owner, SessionEnd.SIGNED_OUT));
        return true;
    }

    CustomerId owner() {
        return owner;
    }

    /** The version of the owner's credentials when the session was opened. */
    long version() {
        return version;
    }

    private boolean isOver(Clock clock) {
        return revoked || !clock.instant().isBefore(expiresAt);
    }

    @EventSourcingHandler
    void on(SessionOpened event) {
        id = event.sessionId();
        owner = event.customerId();
        version = event.version();
        refreshHash = event.refreshHash();
        expiresAt = event.expiresAt();
    }

    @EventSourcingHandler
    void on(SessionRefreshed event) {
        refreshHash = event.refreshHash();
        expiresAt = event.expiresAt();
    }

    @EventSourcingHandler
    void on(SessionRevoked event) {
        revoked = true;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Session(SessionState state) {
        id = state.id();
        owner = state.owner();
        version = state.version();
        refreshHash = state.refreshHash();
        expiresAt = state.expiresAt();
        revoked = state.revoked();
    }

    @JsonValue
    SessionState state() {
        return new SessionState(id, owner, version, refreshHash, expiresAt, revoked);
    }
}
