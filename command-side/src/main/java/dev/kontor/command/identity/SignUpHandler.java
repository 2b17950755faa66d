package dev.kontor.command.identity;

import dev.kontor.api.customer.CustomerCommand.RegisterCustomer;
import dev.kontor.api.identity.CredentialsCommand.SetVerifier;
import dev.kontor.api.identity.EmailCommand.ClaimEmail;
import dev.kontor.api.identity.SignUp;
import dev.kontor.command.customer.Customer;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Opens an account. Three aggregates in one unit of work become one append to the log: all of it, or none. */
@Component
class SignUpHandler {

    private final Repository<EmailClaim> emailClaims;
    private final Repository<Credentials> credentials;
    private final Repository<Customer> customers;

    SignUpHandler(
            @Lazy Repository<EmailClaim> emailClaims,
            @Lazy Repository<Credentials> credentials,
            @Lazy Repository<Customer> customers) {
        this.emailClaims = emailClaims;
        this.credentials = credentials;
        this.customers = customers;
    }

    /** Answers the customer's version. The e-mail comes first: whoever does not get it writes nothing. */
    @CommandHandler
    long handle(SignUp command) throws Exception {
        emailClaims
                .loadOrCreate(command.emailKey().toString(), EmailClaim::new)
                .execute(claim -> claim.handle(new ClaimEmail(command.emailKey(), command.customerId())));
        SetVerifier setVerifier = new SetVerifier(command.customerId(), command.verifier());
        credentials
                .loadOrCreate(setVerifier.credentialsId().toString(), Credentials::new)
                .execute(fresh -> fresh.handle(setVerifier));
        customers.newInstance(() -> new Customer(
                new RegisterCustomer(command.customerId(), command.email(), command.name(), command.role())));
        return 0;
    }
}
