package dev.kontor.command.customer;

import dev.kontor.api.Precondition;
import dev.kontor.api.customer.CustomerCommand.ReadProfile;
import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.customer.Profile;
import dev.kontor.api.identity.AccountChange;
import dev.kontor.api.identity.AccountCommand.ChangeAccount;
import dev.kontor.api.identity.AccountCommand.EmailChange;
import dev.kontor.api.identity.AccountCommand.EraseAccount;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.Commands;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Changes and erases a customer's personal data. Clear text does not leave this class: commands carry it sealed. */
@Component
class ProfileCommands {

    private final Commands commands;
    private final EmailHash emailHash;
    private final PersonalData personalData;
    private final LostEmails lostEmails;

    ProfileCommands(Commands commands, EmailHash emailHash, PersonalData personalData, LostEmails lostEmails) {
        this.commands = commands;
        this.emailHash = emailHash;
        this.personalData = personalData;
        this.lostEmails = lostEmails;
    }

    /**
     * Changes the given parts of the profile that differ.
     *
     * @param precondition of the profile's version; null for none
     * @return the customer's version, unchanged if nothing differs
     * @throws RefusedException with {@link Problem#EMAIL_TAKEN}, {@link Problem#CUSTOMER_INACTIVE}, {@link
     *     Problem#NOT_FOUND}, and with {@link Problem#CONFLICT} if another call changes the e-mail at the same time
     */
    long change(CustomerId customerId, Optional<EmailAddress> email, Optional<String> name, Precondition precondition) {
        Profile known = commands.send(new ReadProfile(customerId, precondition));
        if (known.status() != CustomerStatus.ACTIVE) {
            throw inactive();
        }
        EmailAddress oldEmail = new EmailAddress(unseal(customerId, Field.EMAIL, known));
        String oldName = unseal(customerId, Field.NAME, known);
        EmailChange emailChange = email.filter(it -> !it.equals(oldEmail))
                .map(it -> new EmailChange(
                        emailHash.of(oldEmail),
                        emailHash.of(it),
                        personalData.seal(customerId, Field.EMAIL, it.value())))
                .orElse(null);
        Optional<String> newName = name.filter(it -> !it.equals(oldName));
        if (emailChange == null && newName.isEmpty()) {
            return known.version();
        }
        return commands.send(new ChangeAccount(
                customerId,
                known.email(),
                emailChange,
                newName.map(it -> personalData.seal(customerId, Field.NAME, it)).orElse(null),
                precondition));
    }

    private String unseal(CustomerId customerId, Field field, Profile known) {
        return personalData
                .unseal(customerId, field, field == Field.EMAIL ? known.email() : known.name())
                .orElseThrow(ProfileCommands::inactive);
    }

    /**
     * Closes the account permanently, releases its e-mail, also if its key is lost, and destroys the key of its sealed
     * data. A repeat destroys the key again.
     *
     * @param precondition of the customer's version; null for none
     */
    AccountChange erase(CustomerId customerId, Precondition precondition) {
        Profile known = commands.send(new ReadProfile(customerId));
        Optional<EmailKey> emailKey = known.status() == CustomerStatus.ERASED
                ? Optional.empty()
                : personalData
                        .unseal(customerId, Field.EMAIL, known.email())
                        .map(clear -> emailHash.of(new EmailAddress(clear)))
                        .or(() -> lostEmails.heldBy(customerId));
        AccountChange change = commands.send(new EraseAccount(
                customerId, emailKey.map(key -> known.email()).orElse(null), emailKey.orElse(null), precondition));
        personalData.destroy(customerId);
        return change;
    }

    private static RefusedException inactive() {
        return new RefusedException(Problem.CUSTOMER_INACTIVE, Problem.CUSTOMER_INACTIVE.title());
    }
}
