package dev.kontor.command.identity;

import dev.kontor.api.customer.CustomerCommand.ReadStanding;
import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Standing;
import dev.kontor.api.identity.CredentialsCommand.ReadVerifier;
import dev.kontor.api.identity.CredentialsCommand.RecordSignIn;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.api.identity.EmailCommand.FindEmailOwner;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.api.identity.SignUp;
import dev.kontor.api.identity.Verifier;
import dev.kontor.command.operations.Commands;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Opens accounts and proves who somebody is. Passwords stay in here: what is sent on is sealed or a yes or no. */
@Component
public class Accounts {

    private final Commands commands;
    private final EmailHash emailHash;
    private final PasswordHashing hashing;
    private final PersonalData personalData;

    Accounts(Commands commands, EmailHash emailHash, PasswordHashing hashing, PersonalData personalData) {
        this.commands = commands;
        this.emailHash = emailHash;
        this.hashing = hashing;
        this.personalData = personalData;
    }

    /** Somebody whose password was right just now. */
    record Proved(CustomerId customerId, Role role, long verifierVersion) {}

    /** Whether an account has this e-mail, as the log says at this moment. */
    public boolean exists(EmailAddress email) {
        return ownerOf(email).isPresent();
    }

    /**
     * Opens an account.
     *
     * @return the new customer's id; the account's version is 0
     * @throws Refused with {@link Problem#EMAIL_TAKEN}
     */
    public CustomerId open(EmailAddress email, String password, String name, Role role) {
        // Spares the costly hash; the claim itself decides.
        if (exists(email)) {
            throw new Refused(Problem.EMAIL_TAKEN, Problem.EMAIL_TAKEN.title());
        }
        CustomerId customerId = CustomerId.mint();
        String verifier = hashing.hash(password);
        try {
            commands.<Long>send(new SignUp(
                    emailHash.of(email),
                    customerId,
                    personalData.seal(customerId, Field.EMAIL, email.value()),
                    personalData.seal(customerId, Field.NAME, name),
                    personalData.seal(customerId, Field.VERIFIER, verifier),
                    role));
        } catch (Refused refused) {
            personalData.destroy(customerId);
            throw refused;
        }
        return customerId;
    }

    /** @throws Refused with {@link Problem#BAD_CREDENTIALS}, the same for every reason */
    Proved prove(EmailAddress email, String password) {
        CustomerId customerId = ownerOf(email).orElse(null);
        Verifier verifier = customerId == null ? null : commands.send(new ReadVerifier(customerId));
        Optional<String> hash = verifier == null || !verifier.usable()
                ? Optional.empty()
                : personalData.unseal(customerId, Field.VERIFIER, verifier.hash());
        if (hash.isEmpty()) {
            hashing.matchesNobody(password);
            throw badCredentials();
        }
        boolean matched = hashing.matches(password, hash.get());
        boolean accepted = commands.send(new RecordSignIn(customerId, verifier.version(), matched));
        Standing standing = commands.send(new ReadStanding(customerId));
        if (!accepted || standing.status() != CustomerStatus.ACTIVE) {
            throw badCredentials();
        }
        return new Proved(customerId, standing.role(), verifier.version());
    }

    private Optional<CustomerId> ownerOf(EmailAddress email) {
        EmailKey key = emailHash.of(email);
        try {
            return Optional.ofNullable(commands.<CustomerId>send(new FindEmailOwner(key)));
        } catch (Refused refused) {
            if (refused.problem() == Problem.NOT_FOUND) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private static Refused badCredentials() {
        return new Refused(Problem.BAD_CREDENTIALS, Problem.BAD_CREDENTIALS.title());
    }
}
