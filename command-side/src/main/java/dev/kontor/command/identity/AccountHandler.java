package dev.kontor.command.identity;

import dev.kontor.api.customer.AccountStatus;
import dev.kontor.api.customer.CustomerCommand.ChangeProfile;
import dev.kontor.api.customer.CustomerCommand.DeactivateCustomer;
import dev.kontor.api.customer.CustomerCommand.EraseCustomer;
import dev.kontor.api.customer.CustomerCommand.GrantRole;
import dev.kontor.api.customer.CustomerCommand.ReactivateCustomer;
import dev.kontor.api.customer.CustomerCommand.ReadStanding;
import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.AccountChange;
import dev.kontor.api.identity.AccountCommand.AssignRole;
import dev.kontor.api.identity.AccountCommand.ChangeAccount;
import dev.kontor.api.identity.AccountCommand.DeactivateAccount;
import dev.kontor.api.identity.AccountCommand.EmailChange;
import dev.kontor.api.identity.AccountCommand.EraseAccount;
import dev.kontor.api.identity.AccountCommand.ReactivateAccount;
import dev.kontor.api.identity.CredentialsCommand.CloseCredentials;
import dev.kontor.api.identity.CredentialsCommand.ReopenCredentials;
import dev.kontor.api.identity.CredentialsCommand.RevokeTokens;
import dev.kontor.api.identity.EmailCommand.ClaimEmail;
import dev.kontor.api.identity.EmailCommand.ReleaseEmail;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.api.identity.RevokedBecause;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.customer.Customer;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.springframework.stereotype.Component;

/** Changes and closes accounts, with all aggregates that depend on them, in one append to the log. */
@Component
class AccountHandler {

    private static final long NOTHING_REVOKED = 0;

    private final AccountAggregates aggregates;

    AccountHandler(AccountAggregates aggregates) {
        this.aggregates = aggregates;
    }

    @CommandHandler
    long handle(ChangeAccount command) throws Exception {
        CustomerId customerId = command.customerId();
        EmailChange change = command.email();
        if (change != null) {
            lockInOrder(change);
            aggregates.emailClaim(change.to()).execute(claim -> claim.handle(new ClaimEmail(change.to(), customerId)));
            aggregates
                    .emailClaim(change.from())
                    .execute(claim -> claim.handle(new ReleaseEmail(change.from(), customerId)));
        }
        Sealed email = change == null ? null : change.email();
        return aggregates
                .customer(customerId)
                .invoke(customer -> customer.handle(new ChangeProfile(
                        customerId, command.knownEmail(), email, command.name(), command.precondition())));
    }

    private void lockInOrder(EmailChange change) throws Exception {
        boolean fromFirst = change.from().hash().compareTo(change.to().hash()) < 0;
        aggregates.emailClaim(fromFirst ? change.from() : change.to());
    }

    @CommandHandler
    AccountChange handle(AssignRole command) throws Exception {
        CustomerId customerId = command.customerId();
        Aggregate<Credentials> credentials = aggregates.credentials(customerId);
        Aggregate<Customer> customer = aggregates.customer(customerId);
        Role before = standing(customer, customerId).role();
        long version = customer.invoke(
                account -> account.handle(new GrantRole(customerId, command.role(), command.precondition())));
        if (command.role() == before) {
            return new AccountChange(version, NOTHING_REVOKED);
        }
        long below = revokeTokens(credentials, customerId, RevokedBecause.ROLE_CHANGED);
        boolean isAdmin = switch (command.role()) {
            case ADMIN -> true;
            case CUSTOMER -> false;
        };
        if (isAdmin) {
            aggregates.appoint(customerId);
        } else {
            aggregates.dismiss(customerId);
        }
        return new AccountChange(version, below);
    }

    @CommandHandler
    AccountChange handle(DeactivateAccount command) throws Exception {
        CustomerId customerId = command.customerId();
        Aggregate<Credentials> credentials = aggregates.credentials(customerId);
        Aggregate<Customer> customer = aggregates.customer(customerId);
        AccountStatus before = standing(customer, customerId);
        long version =
                customer.invoke(account -> account.handle(new DeactivateCustomer(customerId, command.precondition())));
        if (before.status() != CustomerStatus.ACTIVE) {
            return new AccountChange(version, NOTHING_REVOKED);
        }
        long below = revokeTokens(credentials, customerId, RevokedBecause.DEACTIVATED);
        dismissIfAdmin(before, customerId);
        return new AccountChange(version, below);
    }

    @CommandHandler
    AccountChange handle(ReactivateAccount command) throws Exception {
        CustomerId customerId = command.customerId();
        Aggregate<Credentials> credentials = aggregates.credentials(customerId);
        Aggregate<Customer> customer = aggregates.customer(customerId);
        AccountStatus before = standing(customer, customerId);
        long version =
                customer.invoke(account -> account.handle(new ReactivateCustomer(customerId, command.precondition())));
        if (before.status() == CustomerStatus.DEACTIVATED) {
            credentials.execute(proof -> proof.handle(new ReopenCredentials(customerId)));
            if (before.role() == Role.ADMIN) {
                aggregates.appoint(customerId);
            }
        }
        return new AccountChange(version, NOTHING_REVOKED);
    }

    @CommandHandler
    AccountChange handle(EraseAccount command) throws Exception {
        CustomerId customerId = command.customerId();
        EmailKey emailKey = command.emailKey();
        if (emailKey != null) {
            aggregates.emailClaim(emailKey).execute(claim -> claim.handle(new ReleaseEmail(emailKey, customerId)));
        }
        Aggregate<Credentials> credentials = aggregates.credentials(customerId);
        Aggregate<Customer> customer = aggregates.customer(customerId);
        AccountStatus before = standing(customer, customerId);
        long version = customer.invoke(
                account -> account.handle(new EraseCustomer(customerId, command.knownEmail(), command.precondition())));
        if (before.status() == CustomerStatus.ERASED) {
            return new AccountChange(version, NOTHING_REVOKED);
        }
        credentials.execute(proof -> proof.handle(new CloseCredentials(customerId)));
        if (before.status() == CustomerStatus.ACTIVE) {
            dismissIfAdmin(before, customerId);
        }
        return new AccountChange(version, AccountChange.FOR_GOOD);
    }

    private void dismissIfAdmin(AccountStatus before, CustomerId customerId) throws Exception {
        if (before.role() == Role.ADMIN) {
            aggregates.dismiss(customerId);
        }
    }

    private static AccountStatus standing(Aggregate<Customer> customer, CustomerId customerId) {
        return customer.invoke(account -> account.handle(new ReadStanding(customerId)));
    }

    private static long revokeTokens(Aggregate<Credentials> credentials, CustomerId customerId, RevokedBecause reason) {
        return credentials.invoke(proof -> proof.handle(new RevokeTokens(customerId, reason)));
    }
}
