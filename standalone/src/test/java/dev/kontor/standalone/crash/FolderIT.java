package dev.kontor.standalone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.Shop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder that cannot be had: the start is refused in a sentence, and nothing in the folder is changed. */
class FolderIT {

    private static final Duration UNTIL_REFUSED = Duration.ofSeconds(120);

    @TempDir
    private Path data;

    private Victim victim;

    @AfterEach
    void close() {
        victim.close();
    }

    @Test
    void a_second_process_is_refused_and_does_not_disturb_the_first() {
        victim = new Victim(data);
        Shop shop = victim.start();
        Ledger ledger = victim.newLedger(1);
        Life life = new Life(shop, ledger);
        life.ready(Step.ORDER_CONFIRMED).run();

        assertThat(refused(data)).contains(data.toString(), "in use by another process");

        for (Step step : Step.values()) {
            life.ready(step).run();
        }
        victim.kontor().kill();
        victim.audit();
        Audit.of(ledger, victim.start());
        assertThat(victim.kontor().output()).doesNotContain(" ERROR ");
    }

    @Test
    void a_folder_that_cannot_be_written_to_is_named_and_usable_again_afterwards() throws IOException {
        victim = new Victim(data);
        Shop shop = victim.start();
        Product thing = shop.listedProduct(7);
        victim.kontor().kill();

        Mount readOnly = Mount.readOnly(data);
        String said;
        try {
            said = refused(data);
        } finally {
            readOnly.close();
        }

        assertThat(said).contains(data.toString(), "cannot be written");

        assertThat(victim.start().stockOf(thing)).isEqualTo(new Stock(7, 0));
    }

    /** What it said; no stack trace may be in it. */
    private static String refused(Path data) {
        try (KontorProcess kontor = KontorProcess.begin(data)) {
            assertThat(kontor.exitCode(UNTIL_REFUSED)).isNotZero();
            assertThat(kontor.output()).doesNotContain("\tat ", "Kontor is ready");
            return kontor.output();
        }
    }
}
