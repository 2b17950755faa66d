package dev.kontor.command.identity;

import dev.kontor.api.customer.CustomerCommand.RegisterCustomer;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.CredentialsCommand.SetVerifier;
import dev.kontor.api.identity.EmailCommand.ClaimEmail;
import dev.kontor.api.identity.EmailCommand.FindEmailOwner;
import dev.kontor.api.identity.SignUp;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.customer.Customer;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.springframework.stereotype.Component;

/** Opens an account. Several aggregates in one unit of work become one append to the log: all of it, or none. */
@Component
class SignUpHandler {

    private final AccountAggregates aggregates;

    SignUpHandler(AccountAggregates aggregates) {
        this.aggregates = aggregates;
    }

    /**
     * Answers the customer's version. The e-mail comes first: whoever does not get it, or has it
     * already by this command, writes nothing.
     */
    @CommandHandler
    long handle(SignUp command) throws Exception {
        Aggregate<EmailClaim> email = aggregates.emailClaim(command.emailKey());
        CustomerId owner = email.invoke(claim -> claim.handle(new FindEmailOwner(command.emailKey())));
        if (command.customerId().equals(owner)) {
            // Asked again by whoever never heard the answer.
            return 0;
        }
        email.execute(claim -> claim.handle(new ClaimEmail(command.emailKey(), command.customerId())));
        aggregates
                .newCredentials(command.customerId())
                .execute(fresh -> fresh.handle(new SetVerifier(command.customerId(), command.verifier())));
        aggregates.register(() -> new Customer(
                new RegisterCustomer(command.customerId(), command.email(), command.name(), command.role())));
        if (command.role() == Role.ADMIN) {
            aggregates.appoint(command.customerId());
        }
        return 0;
    }
}
