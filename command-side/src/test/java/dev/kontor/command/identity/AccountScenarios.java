package dev.kontor.command.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.api.Refusal;
import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.AccountCommand.EmailChange;
import dev.kontor.api.identity.AccountCommand.EraseAccount;
import dev.kontor.api.identity.AdminsEvent.AdminAppointed;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.EmailEvent.EmailClaimed;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.api.ids.CustomerId;
import org.axonframework.commandhandling.CommandExecutionException;

/** Anna and Bert, and assertions about their accounts, with a real event store. */
abstract class AccountScenarios extends WithLoggedAccounts {

    static final CustomerId ANNA = CustomerId.mint();
    static final CustomerId BERT = CustomerId.mint();
    static final EmailKey ANNAS = new EmailKey("anna");
    static final EmailKey BERTS = new EmailKey("bert");
    static final Sealed EMAIL = new Sealed("ZW1haWw=");
    static final Sealed NAME = new Sealed("bmFtZQ==");
    static final Sealed VERIFIER = new Sealed("dmVyaWZpZXI=");
    static final Sealed OTHER_EMAIL = new Sealed("b3RoZXI=");
    static final Sealed OTHER_NAME = new Sealed("YW5uYQ==");

    final void given(CustomerId customer, EmailKey email, Role role) {
        accounts.given(
                new EmailClaimed(email, customer),
                new VerifierSet(customer, VERIFIER, 1),
                new CustomerRegistered(customer, EMAIL, NAME, role));
    }

    final void givenAnnaIs(Role role) {
        given(ANNA, ANNAS, role);
    }

    final void givenAdmins(CustomerId... admins) {
        for (CustomerId admin : admins) {
            accounts.given(new AdminAppointed(admin));
        }
    }

    final void refused(Refusal refusal, Object command) {
        CommandExecutionException refused =
                catchThrowableOfType(CommandExecutionException.class, () -> accounts.send(command));

        assertThat(refused.<Refusal>getDetails()).contains(refusal);
        assertThat(accounts.written()).as("written of a refused command").isEmpty();
    }

    static EmailChange toBerts() {
        return new EmailChange(ANNAS, BERTS, OTHER_EMAIL);
    }

    static EraseAccount erase() {
        return new EraseAccount(ANNA, EMAIL, ANNAS);
    }
}
