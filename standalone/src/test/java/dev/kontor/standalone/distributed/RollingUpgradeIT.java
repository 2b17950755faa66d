package dev.kontor.standalone.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Shop;
import dev.kontor.standalone.distributed.RolledProcesses.Instance;
import dev.kontor.standalone.distributed.RolledProcesses.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Two versions at once over one Axon Server and one MongoDB: under load each instance of the previous version is
 * replaced by this one's, and one is put back in between. {@code -Dkontor.previous=DIR} names a checkout of the previous
 * version with its packaged jars.
 */
@OnAxonServer
@EnabledIfSystemProperty(
        named = "kontor.previous",
        matches = ".+",
        disabledReason = "kontor.previous names no checkout of the previous version with its packaged jars")
class RollingUpgradeIT {

    private static final Duration SOON = Duration.ofMinutes(4);
    private static final int CUSTOMERS = 8;
    private static final int NEWCOMERS = 1;
    private static final int A_FEW = 30;

    private static final Version THIS = Processes::jar;
    private static final Version PREVIOUS = part -> {
        Path jar = Path.of(System.getProperty("kontor.previous"), part, "target", part + "-app.jar");
        assertThat(Files.exists(jar)).as("packaged: " + jar).isTrue();
        return jar;
    };

    @Test
    void instances_are_replaced_under_load_and_put_back_without_a_failed_call() {
        Servers servers = Servers.find().orElseThrow();
        try (RolledProcesses processes = RolledProcesses.start(servers, PREVIOUS)) {
            BusyShop busy = new BusyShop(new Shop(processes.rest()), CUSTOMERS, NEWCOMERS);
            try (busy) {
                busy.goOn(A_FEW, SOON);
                for (Instance side : processes.sides()) {
                    replace(side, THIS, busy);
                }
                for (Instance side : processes.sides().subList(0, 2)) {
                    replace(side, PREVIOUS, busy);
                    replace(side, THIS, busy);
                }
                assertThat(busy.statuses())
                        .as("what clients were told: " + busy)
                        .isSubsetOf(Set.of(200, 201, 202, 409, 503));
                for (int gateway = 0; gateway < 2; gateway++) {
                    processes.replaceGateway(gateway, THIS);
                    busy.goOn(A_FEW, SOON);
                }
            }
            System.err.println(busy);
            DistributedKontor.awaitWell(processes.rest());
            busy.everyAnswerWasTrue(SOON);

            assertThat(AxonServerAudit.of(servers)).contains("CLEAN").doesNotContain("NOT CLEAN");
        }
    }

    private static void replace(Instance side, Version version, BusyShop busy) {
        side.replaceBy(version);
        busy.goOn(A_FEW, SOON);
        System.err.printf("%s is replaced: %s%n", side, busy);
    }
}
