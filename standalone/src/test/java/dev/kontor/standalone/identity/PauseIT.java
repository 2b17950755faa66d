package dev.kontor.standalone.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Shop;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that was asleep. */
class PauseIT {

    @TempDir
    Path data;

    /** Longer than a side may be without reading the log. */
    private static void pause(KontorProcess kontor) throws IOException, InterruptedException {
        Process pause = new ProcessBuilder(
                        "sh", "-c", "kill -STOP %1$d && sleep 8; kill -CONT %1$d".formatted(kontor.pid()))
                .inheritIO()
                .start();
        assertThat(pause.waitFor()).isZero();
    }

    @Test
    void the_first_request_after_a_pause_is_answered() throws Exception {
        try (KontorProcess kontor = KontorProcess.start(data, "--kontor.demo=true")) {
            Client customer = new Shop(kontor).signedInCustomer().client();

            for (int i = 0; i < 2; i++) {
                pause(kontor);

                customer.get("/api/v1/customers/me").hasStatus(200);
                customer.get("/api/v1/cart").hasStatus(200);
            }
        }
    }
}
