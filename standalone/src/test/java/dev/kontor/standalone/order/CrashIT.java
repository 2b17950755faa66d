package dev.kontor.standalone.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Shop;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However the process ends in the middle of orders: what was acknowledged stays, and everything adds up. */
class CrashIT {

    private static final int KILLS = 3;
    private static final int ORDERS_BEFORE = 80;
    private static final Duration GRACE = Duration.ofSeconds(30);
    /** 128 + SIGTERM: how a JVM says that it was asked to end. */
    private static final int TERMINATED = 143;

    @TempDir
    private Path data;

    private KontorProcess kontor;
    private Shop shop;

    private void start() {
        kontor = KontorProcess.start(data);
        shop = new Shop(kontor);
    }

    @AfterEach
    void close() {
        kontor.close();
    }

    @Test
    void after_each_kill_every_acknowledged_order_is_there_and_the_stock_adds_up() {
        start();
        Rush rush = new Rush(shop);
        for (int kill = 1; kill <= KILLS; kill++) {
            rush.at(shop, ORDERS_BEFORE, kontor::kill);
            kontor.close();

            start();
            Audit audit = new Audit(rush, shop);
            audit.everythingAddsUp();
            audit.noCheckoutIsStuck();
        }
    }

    @Test
    void asked_to_end_it_ends_in_time_and_loses_nothing() {
        start();
        Rush rush = new Rush(shop);
        rush.at(shop, ORDERS_BEFORE, () -> {
            kontor.stop();
            assertThat(kontor.exitCode(GRACE)).isIn(0, TERMINATED);
        });
        assertThat(kontor.output()).doesNotContain(" ERROR ", "\tat ");
        kontor.close();

        start();
        Audit audit = new Audit(rush, shop);
        audit.everythingAddsUp();
        audit.noCheckoutIsStuck();
    }
}
