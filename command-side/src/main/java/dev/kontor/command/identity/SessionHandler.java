package dev.kontor.command.identity;

import dev.kontor.api.customer.AccountStatus;
import dev.kontor.api.customer.CustomerCommand.ReadStanding;
import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.AccountCommand.Refresh;
import dev.kontor.api.identity.AccountCommand.SignIn;
import dev.kontor.api.identity.Admission;
import dev.kontor.api.identity.CredentialsCommand.RecordSignIn;
import dev.kontor.api.identity.SessionCommand.OpenSession;
import dev.kontor.api.identity.SessionCommand.RefreshSession;
import dev.kontor.api.ids.CustomerId;
import java.time.Clock;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.springframework.stereotype.Component;

/**
 * Decides who gets tokens. It holds the account's lock while it decides, so that no token is issued between a
 * revocation and the moment it is durable.
 */
@Component
class SessionHandler {

    private final AccountAggregates aggregates;

    SessionHandler(AccountAggregates aggregates) {
        this.aggregates = aggregates;
    }

    @CommandHandler
    Admission handle(SignIn command, Clock clock) throws Exception {
        CustomerId customerId = command.customerId();
        Aggregate<Credentials> credentials = aggregates.credentials(customerId);
        AccountStatus standing = standing(customerId);
        boolean accepted = standing.status() == CustomerStatus.ACTIVE
                && credentials.invoke(proof -> proof.handle(new RecordSignIn(customerId, command.verifierVersion())));
        if (!accepted) {
            return null;
        }
        aggregates.openSession(() -> new Session(
                new OpenSession(
                        command.sessionId(),
                        customerId,
                        command.verifierVersion(),
                        command.refreshHash(),
                        command.device()),
                clock));
        if (standing.role() == Role.ADMIN) {
            // Adds admins from before the list existed.
            aggregates.appoint(customerId);
        }
        return new Admission(customerId, standing.role(), command.verifierVersion());
    }

    @CommandHandler
    Admission handle(Refresh command, Clock clock) {
        Aggregate<Session> session = aggregates.session(command.sessionId());
        CustomerId owner = session.invoke(Session::owner);
        long version = session.invoke(Session::version);
        boolean honoured = aggregates.credentials(owner).invoke(credentials -> credentials.honours(version));
        AccountStatus standing = standing(owner);
        boolean refreshed = honoured
                && standing.status() == CustomerStatus.ACTIVE
                && session.invoke(open -> open.handle(
                        new RefreshSession(command.sessionId(), command.presented(), command.next(), command.isOurs()),
                        clock));
        return refreshed ? new Admission(owner, standing.role(), version) : null;
    }

    private AccountStatus standing(CustomerId customerId) {
        return aggregates.customer(customerId).invoke(customer -> customer.handle(new ReadStanding(customerId)));
    }
}
