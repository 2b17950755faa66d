package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.ToolProcess;
import dev.kontor.standalone.WithKontor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A shop that moves by an exported file continues unchanged. */
class ExportIT extends WithKontor {

    private void stop() {
        kontor.stop();
        kontor.exitCode(Duration.ofSeconds(40));
        kontor.close();
    }

    private Path file() {
        return folder.resolve("log.jsonl.gz");
    }

    private static void bringKeys(Path from, Path to) throws IOException {
        Path keys = Files.createDirectory(to.resolve("keys"));
        try (Stream<Path> files = Files.list(from.resolve("keys"))) {
            for (Path file : files.toList()) {
                Files.copy(file, keys.resolve(file.getFileName()));
            }
        }
        BackupIT.bringMasterKeys(from, to);
    }

    private static String chainIn(String said) {
        return said.replaceFirst(".*chain ([0-9a-f]{8}).*", "$1");
    }

    @Test
    void a_log_exported_while_orders_are_taken_is_imported_elsewhere_and_goes_on() throws Exception {
        start(data());
        Map<String, String> acknowledged;
        Shoppers shoppers = new Shoppers(shop);
        String exported;
        try (shoppers) {
            acknowledged = shoppers.acknowledged(60);
            exported = ToolProcess.run("export", file(), "--data", data());
            shoppers.acknowledged(5);
        }
        kontor.kill();
        kontor.close();
        Path other = folder.resolve("other");

        String imported = ToolProcess.run("import", file(), "--data", other);

        assertThat(chainIn(imported)).isEqualTo(chainIn(exported)).hasSize(8);
        bringKeys(data(), other);
        start(other);
        Shoppers.assertGoesOn(shop, shoppers, acknowledged);
        stop();
        assertThat(kontor.output()).doesNotContain(" ERROR ");
        ToolProcess.run("audit", "--data", other);
    }

    @Test
    void tools_that_are_killed_are_run_again() throws Exception {
        start(data());
        try (Shoppers shoppers = new Shoppers(shop)) {
            shoppers.acknowledged(60);
        }
        stop();
        Path other = folder.resolve("other");
        killedOnce("export", file(), "--data", data());
        String exported = ToolProcess.run("export", file(), "--data", data());
        killedOnce("import", file(), "--data", other);
        String imported = ToolProcess.run("import", file(), "--data", other);

        assertThat(chainIn(imported)).isEqualTo(chainIn(exported)).hasSize(8);
        String again = ToolProcess.run("export", folder.resolve("again.jsonl.gz"), "--data", other);
        assertThat(chainIn(again)).isEqualTo(chainIn(exported));
        bringKeys(data(), other);
        start(other);
        stop();
        assertThat(viewsIn(other)).as("views of the copy").hasSize(6).isEqualTo(viewsIn(data()));
    }

    /** Each with its digest, as a clean audit reports them; the positions of the tokens may differ. */
    private static List<String> viewsIn(Path data) {
        try (ToolProcess audit = ToolProcess.begin("audit", "--data", data)) {
            assertThat(audit.exitCode()).as(audit.said()).isZero();
            return audit.said()
                    .lines()
                    .filter(line -> line.contains(" digest "))
                    .map(line -> line.replaceFirst("at position +-?[0-9,]+", ""))
                    .toList();
        }
    }

    /** Wherever it is by then. */
    private static void killedOnce(Object... arguments) throws IOException {
        try (ToolProcess tool = ToolProcess.begin(arguments)) {
            Path begun = Path.of(arguments[0].equals("export") ? arguments[1] + ".part" : arguments[3] + "/log");
            while (tool.isAlive() && !Files.exists(begun)) {
                Thread.onSpinWait();
            }
            tool.kill();
        }
        if (arguments[0].equals("export")) {
            // It ended before the kill: then there is nothing to continue.
            Files.deleteIfExists((Path) arguments[1]);
        }
    }
}
