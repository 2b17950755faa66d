package dev.kontor.command.identity;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with the gRPC services of accounts over a new log. */
public abstract class WithServedAccounts {

    protected ServedAccounts served;

    @BeforeEach
    protected void openAccounts(@TempDir Path folder) {
        served = new ServedAccounts(folder);
    }

    @AfterEach
    protected void closeAccounts() {
        served.close();
    }
}
