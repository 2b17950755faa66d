package dev.kontor.command.identity;

import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.AdminsCommand.IsThereAnAdmin;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.api.identity.EmailCommand.FindEmailOwner;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.api.identity.SignUp;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.customer.EmailHash;
import dev.kontor.command.platform.Commands;
import dev.kontor.grpc.platform.OutcomeUnknownException;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Opens accounts, and finds them by their e-mail. Passwords stay on this side of the commands: what is sent on is sealed. */
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

    /** Whether an account has this e-mail, as the log says at this moment. */
    public boolean exists(EmailAddress email) {
        return ownerOf(email).isPresent();
    }

    /** Whether there is an admin, as the log says at this moment. */
    public boolean hasAdmin() {
        try {
            return commands.send(new IsThereAnAdmin());
        } catch (RefusedException refused) {
            if (refused.problem() == Problem.NOT_FOUND) {
                return false;
            }
            throw refused;
        }
    }

    /**
     * Opens an account.
     *
     * @return the new customer's id; the account's version is 0
     * @throws RefusedException with {@link Problem#EMAIL_TAKEN}
     * @throws OutcomeUnknownException where it may be open, or may be opened later, when the caller waits no longer
     */
    public CustomerId open(EmailAddress email, String password, String name, Role role) {
        requireFree(email);
        return hashing.inTurn(() -> {
            // Of a crowd that wants the same e-mail the first has it by now: the others cost no hash. The claim
            // decides.
            requireFree(email);
            return open(email, hashing.hash(password), name, role, CustomerId.mint());
        });
    }

    private CustomerId open(EmailAddress email, String hash, String name, Role role, CustomerId fresh) {
        SignUp signUp = new SignUp(
                emailHash.of(email),
                fresh,
                personalData.seal(fresh, Field.EMAIL, email.value()),
                personalData.seal(fresh, Field.NAME, name),
                personalData.seal(fresh, Field.VERIFIER, hash),
                role);
        try {
            commands.<Long>sendUntilKnown(signUp);
        } catch (RefusedException refused) {
            // There is no such account. Where nobody knows, there may be one, and without its key nobody could open it.
            personalData.forget(fresh);
            throw refused;
        }
        return fresh;
    }

    private void requireFree(EmailAddress email) {
        if (exists(email)) {
            throw new RefusedException(Problem.EMAIL_TAKEN, Problem.EMAIL_TAKEN.title());
        }
    }

    /** How an account is called where it is counted, whether it exists or not. */
    String nameOf(EmailAddress email) {
        return emailHash.of(email).hash();
    }

    Optional<CustomerId> ownerOf(EmailAddress email) {
        EmailKey key = emailHash.of(email);
        try {
            return Optional.ofNullable(commands.<CustomerId>send(new FindEmailOwner(key)));
        } catch (RefusedException refused) {
            if (refused.problem() == Problem.NOT_FOUND) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
