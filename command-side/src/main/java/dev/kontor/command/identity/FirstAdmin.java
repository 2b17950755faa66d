package dev.kontor.command.identity;

import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.SettingsFilter;
import dev.kontor.grpc.platform.StartException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;

/**
 * Opens the first admin's account: with e-mail and password from the environment, or, if there is no admin and none are
 * set, with a random password that is printed once. No API call makes its own caller an admin.
 */
@Component
// After the demo, which has its own admins.
@Order(2)
class FirstAdmin implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);
    private static final String DEFAULT_EMAIL = "admin@kontor.local";
    private static final int SHORTEST_PASSWORD = 12;
    /** Values from published examples, in lower case. */
    private static final Set<String> SAMPLES = Set.of(
            "changemechangeme",
            "change-me-please",
            "passwordpassword",
            "password1234",
            "adminadminadmin",
            "123456789012");

    /** Without letters and digits that look alike. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int GROUPS = 5;
    private static final int LETTERS_OF_GROUP = 5;

    private final Accounts accounts;
    private final String email;
    private final String password;
    private final PrintStream console = System.out;

    FirstAdmin(Accounts accounts, ConfigurableEnvironment settings) {
        this.accounts = accounts;
        this.email = SettingsFilter.asGiven(settings, "KONTOR_ADMIN_EMAIL").orElse("");
        this.password =
                SettingsFilter.asGiven(settings, "KONTOR_ADMIN_PASSWORD").orElse("");
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (email.isEmpty() && !password.isEmpty()) {
            throw new StartException("KONTOR_ADMIN_PASSWORD is set, and KONTOR_ADMIN_EMAIL is not");
        }
        if (!email.isEmpty()) {
            openAsGiven(addressGiven());
        } else if (!accounts.hasAdmin()) {
            EmailAddress address = new EmailAddress(DEFAULT_EMAIL);
            if (!accounts.exists(address)) {
                openAndPrint(address);
            }
        }
    }

    /** An existing account is found whatever characters its address has. */
    private EmailAddress addressGiven() {
        try {
            EmailAddress address = new EmailAddress(email);
            return accounts.exists(address) ? address : EmailAddress.ofNew(email);
        } catch (IllegalArgumentException e) {
            throw new StartException("KONTOR_ADMIN_EMAIL " + e.getMessage(), e);
        }
    }

    private void openAsGiven(EmailAddress address) {
        if (accounts.exists(address)) {
            return;
        }
        if (password.isEmpty()) {
            openAndPrint(address);
            return;
        }
        if (password.length() < SHORTEST_PASSWORD) {
            throw new StartException(
                    "KONTOR_ADMIN_PASSWORD must have at least %d characters".formatted(SHORTEST_PASSWORD));
        }
        if (SAMPLES.contains(password.toLowerCase(Locale.ROOT))
                || password.chars().distinct().count() < 5) {
            throw new StartException("KONTOR_ADMIN_PASSWORD is too easy to guess. Choose another one");
        }
        if (open(address, password)) {
            log.info("the first admin's account is open");
        }
    }

    /** Prints to the console only, not to the log. An operator who loses the password sets another e-mail. */
    private void openAndPrint(EmailAddress address) {
        String madeUp = madeUp();
        if (!open(address, madeUp)) {
            return;
        }
        console.printf(
                "%n  The first admin, printed this once:%n    e-mail    %s%n    password  %s%n",
                address.value(), madeUp);
        console.flush();
    }

    /** False if another process that starts at the same time opened the account; that one reports it. */
    private boolean open(EmailAddress address, String chosen) {
        try {
            accounts.open(address, chosen, "Admin", Role.ADMIN);
            return true;
        } catch (RefusedException refused) {
            if (refused.problem() != Problem.EMAIL_TAKEN) {
                throw refused;
            }
            return false;
        }
    }

    /** 25 characters of 31: 123 random bits. */
    private static String madeUp() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            password.append(group == 0 ? "" : "-");
            for (int i = 0; i < LETTERS_OF_GROUP; i++) {
                password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
        }
        return password.toString();
    }
}
