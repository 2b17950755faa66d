package dev.kontor.command.identity;

import dev.kontor.api.identity.AdminsCommand;
import dev.kontor.api.identity.AdminsId;
import dev.kontor.api.identity.CredentialsId;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.customer.Customer;
import java.util.concurrent.Callable;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Loads the aggregates of an account, for handlers that change several in one unit of work, thus in one append.
 *
 * <p>Loading an aggregate locks it until that append is durable. <strong>All handlers load them in the order of the
 * methods below</strong>, and e-mails in the order of their hashes, so that two handlers never wait for each other. The
 * session comes early because only it knows its owner; the admins last, because all accounts share that lock. A new
 * aggregate whose id no other handler knows may be created at any time.
 */
@Component
class AccountAggregates {

    private final Repository<EmailClaim> emailClaims;
    private final Repository<Session> sessions;
    private final Repository<Credentials> credentials;
    private final Repository<Customer> customers;
    private final Repository<Admins> admins;

    AccountAggregates(
            @Lazy Repository<EmailClaim> emailClaims,
            @Lazy Repository<Session> sessions,
            @Lazy Repository<Credentials> credentials,
            @Lazy Repository<Customer> customers,
            @Lazy Repository<Admins> admins) {
        this.emailClaims = emailClaims;
        this.sessions = sessions;
        this.credentials = credentials;
        this.customers = customers;
        this.admins = admins;
    }

    Aggregate<EmailClaim> emailClaim(EmailKey key) throws Exception {
        return emailClaims.loadOrCreate(key.toString(), EmailClaim::new);
    }

    Aggregate<Session> session(SessionId id) {
        return sessions.load(id.toString());
    }

    void openSession(Callable<Session> fresh) throws Exception {
        sessions.newInstance(fresh);
    }

    Aggregate<Credentials> credentials(CustomerId id) {
        return credentials.load(new CredentialsId(id).toString());
    }

    Aggregate<Credentials> newCredentials(CustomerId id) throws Exception {
        return credentials.loadOrCreate(new CredentialsId(id).toString(), Credentials::new);
    }

    Aggregate<Customer> customer(CustomerId id) {
        return customers.load(id.toString());
    }

    void register(Callable<Customer> fresh) throws Exception {
        customers.newInstance(fresh);
    }

    void appoint(CustomerId id) throws Exception {
        admins().execute(list -> list.handle(new AdminsCommand.AppointAdmin(id)));
    }

    /** Refused if no admin would remain. */
    void dismiss(CustomerId id) throws Exception {
        admins().execute(list -> list.handle(new AdminsCommand.DismissAdmin(id)));
    }

    private Aggregate<Admins> admins() throws Exception {
        return admins.loadOrCreate(new AdminsId().toString(), Admins::new);
    }
}
