package dev.kontor.command.identity;

import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.SettingsFilter;
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
 * Opens the first admin's account: as the environment says, or, where there is no admin at all and nothing is said, with a
 * password made up here and printed once. Nobody becomes an admin by any call of their own.
 */
@Component
// After the demo, which has admins of its own.
@Order(2)
class FirstAdmin implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);
    private static final String DEFAULT_EMAIL = "admin@kontor.local";
    private static final int SHORTEST_PASSWORD = 12;
    /** What people write into samples, in lower case. */
    private static final Set<String> SAMPLES = Set.of(
            "changemechangeme",
            "change-me-please",
            "passwordpassword",
            "password1234",
            "adminadminadmin",
            "123456789012");

    /** No letters or digits that look alike. */
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
            throw new IllegalStateException("KONTOR_ADMIN_PASSWORD is given, and KONTOR_ADMIN_EMAIL is not");
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

    /** An account that is there already is found whatever its address holds. */
    private EmailAddress addressGiven() {
        try {
            EmailAddress address = new EmailAddress(email);
            return accounts.exists(address) ? address : EmailAddress.ofNew(email);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("KONTOR_ADMIN_EMAIL " + e.getMessage(), e);
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
            throw new IllegalStateException(
                    "KONTOR_ADMIN_PASSWORD must have at least %d characters".formatted(SHORTEST_PASSWORD));
        }
        if (SAMPLES.contains(password.toLowerCase(Locale.ROOT))
                || password.chars().distinct().count() < 5) {
            throw new IllegalStateException("KONTOR_ADMIN_PASSWORD is one that anybody would try first. Take another");
        }
        if (open(address, password)) {
            log.info("the first admin's account is open");
        }
    }

    /** The console is told and the log is not. Who loses it names another e-mail in the environment. */
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

    /** False where another process that starts at the same time was faster: it is the one that tells. */
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

    /** 25 letters of 31: 123 random bits. */
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
