package dev.kontor.command.identity;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.kontor.api.Refusal;
import dev.kontor.api.identity.SigningKeyCommand.AddSigningKey;
import dev.kontor.api.identity.SigningKeyCommand.ReadSigningKeys;
import dev.kontor.api.identity.SigningKeyCommand.RevokeSigningKey;
import dev.kontor.api.identity.SigningKeyEvent.SigningKeyAdded;
import dev.kontor.api.identity.SigningKeyEvent.SigningKeyRevoked;
import dev.kontor.api.identity.SigningKeyList;
import dev.kontor.api.identity.SigningKeysId;
import dev.kontor.command.platform.CommandRefusals;
import dev.kontor.command.platform.LoggedAggregate;
import java.time.Instant;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * The one list of signing keys. Not cached: it is short and seldom read, and a cache could miss another process's
 * event.
 */
@Aggregate
public class SigningKeys extends LoggedAggregate {

    @AggregateIdentifier
    private SigningKeysId id;

    private SigningKeyList list = SigningKeyList.EMPTY;

    SigningKeys() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    SigningKeyList handle(AddSigningKey command) {
        boolean isNew = list.find(command.kid()).isEmpty();
        if (isNew && Objects.equals(command.newest(), list.newest())) {
            apply(new SigningKeyAdded(command.kid(), command.publicKey(), command.activeFrom()));
        }
        return list;
    }

    @CommandHandler
    SigningKeyList handle(RevokeSigningKey command) {
        SigningKeyList.Key key =
                list.find(command.kid()).orElseThrow(() -> CommandRefusals.with(new Refusal.Unknown()));
        if (!key.isRevoked()) {
            apply(new SigningKeyRevoked(command.kid()));
            Instant now = list.find(command.kid()).orElseThrow().revokedAt();
            if (list.active(now).isEmpty()) {
                apply(new SigningKeyAdded(command.successor(), command.successorPublicKey(), now));
            }
        }
        return list;
    }

    @CommandHandler
    SigningKeyList handle(ReadSigningKeys command) {
        return list;
    }

    @EventSourcingHandler
    void on(SigningKeyAdded event) {
        id = new SigningKeysId();
        list = list.with(event.kid(), event.publicKey(), event.activeFrom());
    }

    @EventSourcingHandler
    void on(SigningKeyRevoked event, @Timestamp Instant at) {
        list = list.withRevoked(event.kid(), at);
    }
}
