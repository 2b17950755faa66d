package dev.kontor.command.identity;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.kontor.api.Refusal;
import dev.kontor.api.identity.EmailCommand.ClaimEmail;
import dev.kontor.api.identity.EmailCommand.FindEmailOwner;
import dev.kontor.api.identity.EmailCommand.ReleaseEmail;
import dev.kontor.api.identity.EmailEvent.EmailClaimed;
import dev.kontor.api.identity.EmailEvent.EmailReleased;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.CommandRefusals;
import dev.kontor.command.platform.LoggedAggregate;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/** The claim of one customer to an e-mail. The log has one history per e-mail, and refuses a second beginning. */
@Aggregate(repository = "emailClaimRepository")
public class EmailClaim extends LoggedAggregate {

    @AggregateIdentifier
    private EmailKey id;

    /** Null while the e-mail is free. */
    private CustomerId owner;

    EmailClaim() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ClaimEmail command) {
        if (owner != null && !owner.equals(command.customerId())) {
            throw CommandRefusals.with(new Refusal.EmailTaken());
        }
        if (owner == null) {
            apply(new EmailClaimed(command.emailKey(), command.customerId()));
        }
    }

    @CommandHandler
    void handle(ReleaseEmail command) {
        if (command.customerId().equals(owner)) {
            apply(new EmailReleased(id, owner));
        }
    }

    @CommandHandler
    CustomerId handle(FindEmailOwner command) {
        return owner;
    }

    @EventSourcingHandler
    void on(EmailClaimed event) {
        id = event.emailKey();
        owner = event.customerId();
    }

    @EventSourcingHandler
    void on(EmailReleased event) {
        owner = null;
    }
}
