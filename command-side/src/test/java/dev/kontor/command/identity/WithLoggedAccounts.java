package dev.kontor.command.identity;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a new log of accounts. */
abstract class WithLoggedAccounts {

    LoggedAccounts accounts;

    @BeforeEach
    void openAccounts(@TempDir Path folder) {
        accounts = new LoggedAccounts(folder);
    }

    @AfterEach
    void closeAccounts() {
        accounts.close();
    }
}
