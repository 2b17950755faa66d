package dev.kontor.standalone.identity;

import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.command.identity.Accounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Opens the first admin's account from the environment. Nobody becomes an admin by any call of their own. */
@Component
class FirstAdmin implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);
    private static final int SHORTEST_PASSWORD = 12;

    private final Accounts accounts;
    private final String email;
    private final String password;

    FirstAdmin(
            Accounts accounts,
            @Value("${KONTOR_ADMIN_EMAIL:}") String email,
            @Value("${KONTOR_ADMIN_PASSWORD:}") String password) {
        this.accounts = accounts;
        this.email = email;
        this.password = password;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (email.isEmpty()) {
            return;
        }
        EmailAddress address = new EmailAddress(email);
        if (accounts.exists(address)) {
            return;
        }
        if (password.length() < SHORTEST_PASSWORD) {
            throw new IllegalStateException(
                    "KONTOR_ADMIN_PASSWORD must have at least %d characters".formatted(SHORTEST_PASSWORD));
        }
        accounts.open(address, password, "Admin", Role.ADMIN);
        log.info("the first admin's account is open");
    }
}
