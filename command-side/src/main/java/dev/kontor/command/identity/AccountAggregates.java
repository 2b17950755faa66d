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
 * The aggregates an account consists of, for whoever changes several of them in one unit of work, thus in one append.
 *
 * <p>To load one is to lock it until that append is durable. <strong>Everybody loads them in the order in which they stand
 * here</strong>, and e-mails by their hash, so nobody waits for somebody who waits for them. The session comes early
 * because it alone knows whose it is; the admins last, because all share that one lock. One that is new under an id that
 * nobody else knows may be made at any time.
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

    /** Refused where nobody would be left. */
    void dismiss(CustomerId id) throws Exception {
        admins().execute(list -> list.handle(new AdminsCommand.DismissAdmin(id)));
    }

    private Aggregate<Admins> admins() throws Exception {
        return admins.loadOrCreate(new AdminsId().toString(), Admins::new);
    }
}
