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
import dev.kontor.command.request.Effects;
import dev.kontor.command.request.Effects.Sender;
import dev.kontor.grpc.platform.OutcomeUnknownException;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Opens accounts, and finds them by e-mail. Passwords do not leave this class: commands carry sealed hashes. */
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

    /** Whether an account has this e-mail, by the present state of the log. */
    public boolean exists(EmailAddress email) {
        return ownerOf(email).isPresent();
    }

    /** Whether there is an admin, by the present state of the log. */
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
     * @throws OutcomeUnknownException if the caller's time is over and the account may be open, or may be opened later
     */
    public CustomerId open(EmailAddress email, String password, String name, Role role) {
        return open(email, password, name, role, Effects.unkeyed(commands));
    }

    /** As {@link #open}. @param sender of the command */
    CustomerId open(EmailAddress email, String password, String name, Role role, Sender sender) {
        requireFree(email);
        return hashing.inTurn(() -> {
            // Checked again after waiting: of many calls for the same e-mail, all but the first save the hash. The
            // claim decides.
            requireFree(email);
            return open(email, hashing.hash(password), name, role, CustomerId.mint(), sender);
        });
    }

    private CustomerId open(EmailAddress email, String hash, String name, Role role, CustomerId fresh, Sender sender) {
        SignUp signUp = new SignUp(
                emailHash.of(email),
                fresh,
                personalData.seal(fresh, Field.EMAIL, email.value()),
                personalData.seal(fresh, Field.NAME, name),
                personalData.seal(fresh, Field.VERIFIER, hash),
                role);
        try {
            sender.<Long>sendUntilKnown(fresh, signUp);
        } catch (RefusedException refused) {
            // The account does not exist. After an unknown outcome it may, and without its key it could not be opened.
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

    /** The name under which attempts on an account are counted, whether the account exists or not. */
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
