package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.ToolProcess;
import dev.kontor.standalone.WithKontor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A backup made while orders are taken has everything acknowledged before it, and a shop runs on it. */
class BackupIT extends WithKontor {

    private static final Duration SOON = Duration.ofSeconds(60);

    static void bringMasterKeys(Path from, Path to) throws IOException {
        for (String key : new String[] {"master.key", "signing.key"}) {
            Files.copy(from.resolve(key), to.resolve(key));
        }
    }

    private Path restored() throws IOException {
        Path restored = folder.resolve("restored");
        ToolProcess.run("restore", backups(), "--data", restored);
        bringMasterKeys(data(), restored);
        return restored;
    }

    @Test
    void a_backup_made_while_orders_are_taken_is_restored_with_all_that_was_acknowledged() throws Exception {
        start(data());
        Map<String, String> acknowledged;
        Shoppers shoppers = new Shoppers(shop);
        try (shoppers) {
            acknowledged = shoppers.acknowledged(60);
            String said = ToolProcess.run("backup", backups(), "--data", data());
            assertThat(said).startsWith("Backed up ").endsWith("read and verified");
            shoppers.acknowledged(5);
        }
        try (Stream<Path> left = Files.list(data().resolve("checkpoints"))) {
            assertThat(left).as("copies that are no longer needed").isEmpty();
        }
        kontor.kill();
        kontor.close();

        Path restored = restored();
        start(restored);
        Shoppers.assertGoesOn(shop, shoppers, acknowledged);
        kontor.kill();
        kontor.close();
        ToolProcess.run("audit", "--data", restored);
    }

    @Test
    void a_stopped_kontor_is_backed_up_as_well() throws Exception {
        start(data());
        Map<String, String> acknowledged;
        Shoppers shoppers = new Shoppers(shop);
        try (shoppers) {
            acknowledged = shoppers.acknowledged(5);
        }
        kontor.kill();
        kontor.close();
        assertThat(data().resolve("operator.token")).as("left by the kill").exists();

        ToolProcess.run("backup", backups(), "--data", data());
        start(restored());
        Shoppers.assertGoesOn(shop, shoppers, acknowledged);
    }

    @Test
    void the_operator_s_token_is_its_owner_s_alone_and_gone_after_a_clean_end() throws Exception {
        start(data());
        Path token = data().resolve("operator.token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        assertThat(ToolProcess.run("rebuild", "orders", "--data", data())).startsWith("Rebuilt orders from ");

        kontor.stop();
        kontor.exitCode(SOON);

        assertThat(token).doesNotExist();
        try (ToolProcess rebuild = ToolProcess.begin("rebuild", "orders", "--data", data())) {
            assertThat(rebuild.exitCode()).isEqualTo(1);
            assertThat(rebuild.lastLine()).startsWith("rebuild failed: No Kontor runs on ");
        }
    }
}
