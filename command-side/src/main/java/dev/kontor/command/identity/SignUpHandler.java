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

/** Opens an account. Its aggregates are created in one unit of work, and thus in one append to the log. */
@Component
class SignUpHandler {

    private final AccountAggregates aggregates;

    SignUpHandler(AccountAggregates aggregates) {
        this.aggregates = aggregates;
    }

    /**
     * Returns the customer's version. The e-mail is claimed first: if it is taken, or claimed already by this command,
     * nothing is written.
     */
    @CommandHandler
    long handle(SignUp command) throws Exception {
        Aggregate<EmailClaim> email = aggregates.emailClaim(command.emailKey());
        CustomerId owner = email.invoke(claim -> claim.handle(new FindEmailOwner(command.emailKey())));
        if (command.customerId().equals(owner)) {
            // A repeat by a caller that never received the answer.
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
